package wavenet4j.train.vector;

import wavenet4j.train.kernels.Panels;

/// A matrix of weights, [outputs, taps * inputs], padded to whole vectors: where its values lie
/// among all weights of the network, which are end to end.
final class WeightMatrix {
    private final int outputs;
    private final int inputs;
    private final int taps;
    private final int[] indices;
    private final int[] forwardOrder;
    private final int[] backwardOrder;
    private final Panels forward;
    private final Panels backward;

    /// The place of each weight.
    interface Place {
        /// Index among all weights, or -1 where the place is padding.
        long index(int output, int tap, int input);
    }

    /// @param outputs with padding
    /// @param inputs of one tap, with padding
    WeightMatrix(int outputs, int taps, int inputs, Place place) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.taps = taps;
        int size = Math.multiplyExact(outputs, Math.multiplyExact(taps, inputs));
        indices = new int[size];
        for (int output = 0, i = 0; output < outputs; output++) {
            for (int tap = 0; tap < taps; tap++) {
                for (int input = 0; input < inputs; input++) {
                    indices[i++] = Math.toIntExact(place.index(output, tap, input));
                }
            }
        }
        forwardOrder = Panels.order(inputs, taps, outputs, (tap, in, out) -> index(out, tap, in));
        backwardOrder = Panels.order(outputs, taps, inputs, (tap, out, in) -> index(out, tap, in));
        forward = new Panels(new float[size], inputs, taps, outputs);
        backward = new Panels(new float[size], outputs, taps, inputs);
    }

    /// Rows of the matrix.
    int outputs() {
        return outputs;
    }

    /// Columns of each tap.
    int inputs() {
        return inputs;
    }

    /// Takes its values from all weights of the network.
    void load(float[] weights) {
        forward.take(weights, forwardOrder);
        backward.take(weights, backwardOrder);
    }

    /// The weights of the forward product.
    Panels forward() {
        return forward;
    }

    /// Of the backward product, which gives the gradient of the inputs from that of the outputs.
    Panels backward() {
        return backward;
    }

    /// Partial sums of its gradient.
    PartialSums newSums(Workers workers) {
        return new PartialSums(workers, outputs, taps * inputs);
    }

    /// Adds the gradient to that of all weights.
    void drain(PartialSums sums, float[] gradient) {
        sums.drain((from, count, sum) -> {
            for (int i = 0; i < count; i++) {
                int index = indices[from + i];
                if (index >= 0) gradient[index] += sum[i];
            }
        });
    }

    private int index(int output, int tap, int input) {
        return indices[(output * taps + tap) * inputs + input];
    }
}
