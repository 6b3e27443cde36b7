package wavenet4j;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;
import wavenet4j.spec.TensorSpec;
import wavenet4j.spec.TensorSpec.Role;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;

/// The learned tensors of a network by their names in the model file, float32, row-major in
/// PyTorch's order (out, in, tap). Whoever holds one treats the arrays as constants.
public final class Weights {
    private final SequencedMap<String, float[]> tensors;

    /// Takes over the arrays of `tensors`.
    public Weights(SequencedMap<String, float[]> tensors) {
        this.tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /// One gated residual layer's tensors.
    ///
    /// @param dilation d, in samples
    /// @param dilatedWeight [2G, R, K]: filter rows first, then gate rows; the last tap is the
    ///   present
    /// @param dilatedBias [2G]
    /// @param labelWeight [2G, E], or null without labels
    /// @param residualWeight [R, G], or null in the last layer
    /// @param residualBias `[R]`, or null in the last layer
    /// @param skipWeight [S, G]
    /// @param skipBias `[S]`
    @SuppressWarnings("ArrayRecordComponent") // a view on the tensors, never compared
    public record Layer(
            int dilation,
            float[] dilatedWeight,
            float[] dilatedBias,
            float @Nullable [] labelWeight,
            float @Nullable [] residualWeight,
            float @Nullable [] residualBias,
            float[] skipWeight,
            float[] skipBias) {}

    /// The tensor of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public float[] tensor(String name) {
        float[] tensor = tensors.get(name);
        if (tensor == null) throw new IllegalArgumentException("there is no tensor " + name);
        return tensor;
    }

    /// Every tensor, in the order of [ModelSpec#tensors()].
    public SequencedMap<String, float[]> tensors() {
        return tensors;
    }

    /// The tensors of layer `i` of a network of that shape.
    public Layer layer(ModelSpec spec, int i) {
        String layer = "layers." + i + ".";
        return new Layer(
                spec.convolutions().dilations().get(i),
                tensor(layer + "dilated.weight"),
                tensor(layer + "dilated.bias"),
                tensors.get(layer + "label.weight"),
                tensors.get(layer + "residual.weight"),
                tensors.get(layer + "residual.bias"),
                tensor(layer + "skip.weight"),
                tensor(layer + "skip.bias"));
    }

    /// Weights to start training from: each uniform in ±1/sqrt(fan-in) of its product, so that the
    /// first loss of a softmax is near ln Q; biases likewise, as PyTorch's layers have it. The
    /// embeddings are tables, not sums over inputs, and have unit variance: the labels' uniform in
    /// ±sqrt(3), the input's as waves over the levels.
    ///
    /// A mixture of logistics begins near one around silence, half of it as wide as full scale and
    /// the rest of all loudnesses that sound has, so that no recording costs much more than 16 bits
    /// a sample at first. Its input is amplified: an amplitude of a tenth gives unit variance.
    public static Weights initial(ModelSpec spec, long seed) {
        var random = new Random(seed);
        var tensors = new LinkedHashMap<String, float[]>();
        boolean mixture = spec.distribution() instanceof Distribution.LogisticMixture;
        double bound = 0; // a bias keeps that of the weight before it
        for (TensorSpec tensor : spec.tensors()) {
            var values = new float[(int) tensor.shape().size()];
            bound =
                    switch (tensor.role()) {
                        case LABEL_EMBEDDING -> Math.sqrt(3);
                        case INPUT_WEIGHT -> 10 * Math.sqrt(3);
                        case INPUT_EMBEDDING, INPUT_BIAS -> 1;
                        case WEIGHT, LABEL_WEIGHT -> 1 / Math.sqrt(tensor.shape().fanIn());
                        case OUTPUT_WEIGHT ->
                                (mixture ? 0.1 : 1) / Math.sqrt(tensor.shape().fanIn());
                        case BIAS, OUTPUT_BIAS -> bound;
                    };
            if (tensor.role() == Role.INPUT_EMBEDDING) {
                fillWithWaves(values, spec, random);
            } else {
                fillUniformly(values, (float) bound, random);
            }
            if (mixture && tensor.role() == Role.OUTPUT_BIAS) spreadMixture(values);
            tensors.put(tensor.name(), values);
        }
        return new Weights(tensors);
    }

    /// Adds the logarithms of the scales, e^-0.7 for the first component and e^-2 to e^-7 for the
    /// others, and the logit of the first, which has half of the mixture.
    ///
    /// @param bias `[3M]`, of a mixture of logistics
    private static void spreadMixture(float[] bias) {
        int mixtures = bias.length / 3;
        int others = mixtures - 1;
        if (others > 0) bias[0] += (float) Math.log(others);
        bias[2 * mixtures] += -0.7f;
        for (int i = 0; i < others; i++) {
            bias[2 * mixtures + 1 + i] += (float) (-2 - 5 * (i + 0.5) / others);
        }
    }

    private static void fillUniformly(float[] values, float bound, Random random) {
        for (int i = 0; i < values.length; i++) values[i] = bound * (2 * random.nextFloat() - 1);
    }

    /// Channel r of the input embedding is a sine over the levels, from a quarter of a period to 16
    /// periods, of unit variance: neighbouring levels start alike, as they sound, and stay
    /// distinct.
    private static void fillWithWaves(float[] embedding, ModelSpec spec, Random random) {
        int channels = spec.trunk().input();
        for (int r = 0; r < channels; r++) {
            double periods = 0.25 * StrictMath.pow(64, (r + 0.5) / channels);
            double phase = 2 * Math.PI * random.nextDouble();
            for (int q = 0; q < spec.levels(); q++) {
                double angle = 2 * Math.PI * periods * q / (spec.levels() - 1) + phase;
                embedding[q * channels + r] = (float) (Math.sqrt(2) * StrictMath.sin(angle));
            }
        }
    }

    /// The same weights, each rounded to the nearest value of that precision, ties to even, or to
    /// infinity beyond its greatest. In int8 each row of each tap of a product has its scale, and
    /// the product of the outputs is bfloat16; embeddings, biases and labels stay float32.
    ///
    /// @param spec of the network that they are of
    public Weights roundedTo(Precision precision, ModelSpec spec) {
        if (precision == Precision.FLOAT32) return this;
        var rounded = new LinkedHashMap<String, float[]>();
        for (TensorSpec tensor : spec.tensors()) {
            float[] values = tensor(tensor.name()).clone();
            round(precision, tensor, values);
            rounded.put(tensor.name(), values);
        }
        return new Weights(rounded);
    }

    private static void round(Precision precision, TensorSpec tensor, float[] values) {
        switch (precision) {
            case FLOAT32 -> {}
            case BFLOAT16 -> roundToBfloat16(values);
            case FLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
                }
            }
            case INT8 -> {
                switch (tensor.role()) {
                    case OUTPUT_WEIGHT -> roundToBfloat16(values);
                    case WEIGHT -> roundRowsToInt8(values, tensor.shape());
                    case INPUT_EMBEDDING, INPUT_WEIGHT, INPUT_BIAS -> {}
                    case LABEL_EMBEDDING, LABEL_WEIGHT, BIAS, OUTPUT_BIAS -> {}
                }
            }
        }
    }

    private static void roundToBfloat16(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Precision.fromBfloat16(Precision.toBfloat16(values[i]));
        }
    }

    /// @param weight [out, in] or [out, in, tap]
    private static void roundRowsToInt8(float[] weight, Shape shape) {
        int row = shape.fanIn();
        int taps = shape.dimensions().size() == 3 ? shape.dimensions().getLast() : 1;
        for (int start = 0; start < weight.length; start += row) {
            for (int k = 0; k < taps; k++) roundToInt8(weight, start + k, start + row, taps);
        }
    }

    /// Rounds every `stride`-th of [from, to), a row.
    private static void roundToInt8(float[] weight, int from, int to, int stride) {
        float greatest = 0;
        for (int i = from; i < to; i += stride) greatest = Math.max(greatest, Math.abs(weight[i]));
        float scale = Precision.int8Scale(greatest);
        for (int i = from; i < to; i += stride) {
            weight[i] = Precision.toInt8(weight[i], scale) * scale;
        }
    }

    void requireShapesOf(ModelSpec spec) {
        var known = new HashSet<String>();
        for (TensorSpec tensor : spec.tensors()) {
            int length = tensor(tensor.name()).length;
            if (length != tensor.shape().size()) {
                throw new IllegalArgumentException(
                        "the tensor %s has %,d values; its shape is %s"
                                .formatted(tensor.name(), length, tensor.shape()));
            }
            known.add(tensor.name());
        }
        for (String name : tensors.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the network has no tensor " + name);
            }
        }
    }
}
