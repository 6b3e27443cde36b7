package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.train.data.Batch;

import java.util.ArrayList;
import java.util.List;

/// The network's forward pass over whole windows as differentiable NDArray operations (van den Oord
/// et al., "WaveNet: A Generative Model for Raw Audio", 2016).
///
/// Arrays are time-major and flat, [time * B, channels]: a shift in time is then a contiguous run
/// of rows for any batch, and every convolution one matrix product. Each layer computes only the
/// times that later layers need.
public final class AutogradNetwork {
    private final ModelSpec spec;
    private final Likelihood likelihood;

    /// The network of that specification.
    public AutogradNetwork(ModelSpec spec) {
        this.spec = spec;
        likelihood = Likelihood.of(spec.distribution());
    }

    /// The mean negative log-likelihood of the targets, in nats.
    ///
    /// @param weights all tensors end to end in the order of [ModelSpec#tensors()]
    public NDArray loss(NDArray weights, Batch batch) {
        return loss(batch, outputs(weights, batch));
    }

    /// The same from the outputs, [T * B, Q or 3M].
    NDArray loss(Batch batch, NDArray outputs) {
        NDArray logLikelihoods = likelihood.logOf(batch.targetLevels(), outputs);
        NDArray mask = outputs.getManager().create(batch.mask());
        return logLikelihoods.mul(mask).sum().div(-batch.targetCount());
    }

    /// The outputs for every target, [T * B, Q or 3M].
    NDArray outputs(NDArray weights, Batch batch) {
        var w = new WeightViews(spec, weights);
        return head(w, layers(w, batch));
    }

    /// The z of all layers for every target, side by side, [T * B, L * G].
    private NDArray layers(WeightViews w, Batch batch) {
        var z = new NDList();
        NDArray x = embedInput(w, batch);
        NDArray labels = labelEmbedding(w, batch);
        for (int i = 0; i < spec.layers(); i++) {
            NDArray h = dilatedConvolution(w, i, x, batch.rows());
            if (labels != null) h = addToEachTime(h, labelTerm(w, i, labels));
            NDList halves = h.split(2, 1); // filter and gate, [time * B, G]
            NDArray gated = halves.get(0).tanh().mul(Activation.sigmoid(halves.get(1)));
            z.add(last(gated, (long) batch.targets() * batch.rows()));
            if (i < spec.layers() - 1) {
                NDArray update =
                        affine(gated, w.get(i, "residual.weight"), w.get(i, "residual.bias"));
                x = update.add(last(x, update.size(0)));
            }
        }
        return concatChannels(z);
    }

    /// The outputs for every target, [T * B, Q or 3M].
    ///
    /// @param z of all layers side by side, [T * B, L * G]
    NDArray head(WeightViews w, NDArray z) {
        NDArray skip = skipSum(w, z);
        NDArray hidden =
                affine(
                        Activation.relu(skip),
                        w.get("head.hidden.weight"),
                        w.get("head.hidden.bias"));
        return affine(
                Activation.relu(hidden), w.get("head.output.weight"), w.get("head.output.bias"));
    }

    /// The first layer's input, [(receptive field + T - 1) * B, R]: an embedding of each level, or
    /// for a mixture of logistics an affine function of its amplitude.
    NDArray embedInput(WeightViews w, Batch batch) {
        return switch (spec.distribution()) {
            case Distribution.Categorical _ -> {
                NDArray table = w.get("input.embedding");
                NDArray levels = table.getManager().create(batch.inputs());
                yield Embedding.embedding(levels, table, SparseFormat.DENSE).singletonOrThrow();
            }
            case Distribution.LogisticMixture _ -> {
                NDArray weight = w.get("input.weight");
                NDArray amplitudes = Amplitudes.column(weight.getManager(), batch.inputs());
                yield affine(amplitudes, weight, w.get("input.bias"));
            }
        };
    }

    /// The sum of each window's label embeddings, [B, E]; null where the network has no labels.
    @Nullable NDArray labelEmbedding(WeightViews w, Batch batch) {
        int names = spec.labels().names().size();
        if (names == 0) return null;
        NDArray table = w.get("labels.embedding");
        return table.getManager()
                .create(batch.labels(), new Shape(batch.rows(), names))
                .matMul(table);
    }

    /// The bias of h of each layer with the labels' term, [B, 2G], or [1, 2G] without labels.
    List<NDArray> biases(WeightViews w, Batch batch) {
        NDArray labels = labelEmbedding(w, batch);
        var biases = new ArrayList<NDArray>();
        for (int i = 0; i < spec.layers(); i++) {
            NDArray bias = w.get(i, "dilated.bias").reshape(1, -1);
            biases.add(labels == null ? bias : labelTerm(w, i, labels).add(bias));
        }
        return biases;
    }

    /// The labels' term of h of a layer, [B, 2G].
    ///
    /// @param labels the sum of each window's label embeddings, [B, E]
    static NDArray labelTerm(WeightViews w, int i, NDArray labels) {
        return labels.matMul(w.get(i, "label.weight").transpose());
    }

    /// `Wdil * [x(t-(K-1)d) .. x(t-d), x(t)] + b` for every t whose taps are all within x: one
    /// product of the taps side by side, [time * B, K * R].
    private NDArray dilatedConvolution(WeightViews w, int i, NDArray x, int rows) {
        int taps = spec.convolutions().kernelSize();
        long step = (long) spec.convolutions().dilations().get(i) * rows;
        long length = x.size(0) - (taps - 1) * step;
        var shifted = new NDList();
        for (int k = 0; k < taps; k++) shifted.add(rows(x, k * step, length));
        NDArray weight = w.get(i, "dilated.weight"); // [2G, R, K]
        NDArray flat = weight.transpose(0, 2, 1).reshape(weight.size(0), -1);
        return affine(concatChannels(shifted), flat, w.get(i, "dilated.bias"));
    }

    /// `sum over i of Wskip_i z_i + b_i` as one product with all z side by side, [T * B, L * G].
    private NDArray skipSum(WeightViews w, NDArray z) {
        var weights = new NDList();
        NDArray bias = w.get(0, "skip.bias");
        for (int i = 0; i < spec.layers(); i++) {
            weights.add(w.get(i, "skip.weight"));
            if (i > 0) bias = bias.add(w.get(i, "skip.bias"));
        }
        return affine(z, concatChannels(weights), bias);
    }

    /// `h` [time * B, C] plus `term` [B, C] at every time.
    private static NDArray addToEachTime(NDArray h, NDArray term) {
        Shape byTime = new Shape(-1, term.size(0), term.size(1));
        return h.reshape(byTime).add(term).reshape(h.getShape());
    }

    private static NDArray affine(NDArray x, NDArray weight, NDArray bias) {
        // Not fused: PyTorch 2.7 fuses a bias only into products in float32.
        return x.matMul(weight.transpose()).add(bias);
    }

    /// Concatenates the channels. DJL copies a single array outside of the autograd graph.
    private static NDArray concatChannels(NDList arrays) {
        return arrays.size() == 1 ? arrays.head() : NDArrays.concat(arrays, 1);
    }

    private static NDArray last(NDArray x, long count) {
        return rows(x, x.size(0) - count, count);
    }

    private static NDArray rows(NDArray x, long first, long count) {
        return count == x.size(0) ? x : x.get(new NDIndex().addSliceDim(first, first + count));
    }
}
