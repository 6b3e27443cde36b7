package wavenet4j.testing;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.distribution.Distribution;
import wavenet4j.info.ModelInfo;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.spec.Shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/// Small networks for tests, random from a seed, and loud: their logits spread by a few units and
/// follow the history, where freshly initialized ones are nearly flat and would hide mistakes.
public final class TestModels {
    private TestModels() {}

    /// Shapes that no lane width, block size or power of two divides, by what is awkward in them.
    public static SequencedMap<String, ModelSpec> awkwardSpecs() {
        var specs = new LinkedHashMap<String, ModelSpec>();
        specs.put("one of everything, K=1", spec(2, channels(1, 1, 1, 1), 1, List.of(1)));
        specs.put("K=1, three layers", spec(7, channels(3, 5, 1, 3), 1, List.of(1, 4, 2)));
        specs.put("one layer, K=2", spec(17, channels(1, 3, 5, 16), 2, List.of(4)));
        specs.put("one layer, K=3", spec(256, channels(16, 1, 3, 5), 3, List.of(7)));
        specs.put("dilations repeat, K=2", spec(256, channels(16), 2, List.of(1, 2, 4, 1, 2, 4)));
        specs.put("dilations fall, K=2", spec(33, channels(5, 3, 16, 1), 2, List.of(9, 3, 1)));
        specs.put("odd dilations, K=3", spec(65, channels(3, 16, 5, 33), 3, List.of(1, 3, 5, 2)));
        specs.put("K=5", spec(31, channels(5), 5, List.of(1, 3)));
        specs.put("lanes and a tail", spec(257, channels(40, 24, 72, 19), 2, List.of(1, 2, 4, 8)));
        specs.put("1,024 levels", spec(1024, channels(16, 8, 24, 40), 2, List.of(1, 2, 4)));
        specs.put("a logistic, K=2", logistics(1, channels(3, 5, 16, 7), 2, List.of(1, 4, 2)));
        specs.put("10 logistics, K=3", logistics(10, channels(16), 3, List.of(1, 3, 2)));
        specs.put(
                "7 logistics, labels",
                labelled(logistics(7, channels(5, 3, 16, 19), 2, List.of(2, 9, 1)), 3, 4));
        specs.put("a label, E=1", labelled(spec(64, channels(3), 2, List.of(1, 2)), 1, 1));
        specs.put("five labels, K=2", labelled(spec(256, channels(16), 2, List.of(1, 2, 4)), 5, 3));
        specs.put("three labels, K=3", labelled(spec(33, channels(5), 3, List.of(1, 3)), 3, 16));
        return specs;
    }

    /// A network without labels at 8 kHz.
    public static ModelSpec spec(
            int levels, Channels channels, int kernelSize, List<Integer> dilations) {
        return channels.spec(
                8000, new Distribution.Categorical(levels), kernelSize, dilations, Labels.NONE);
    }

    /// A network without labels at 8 kHz that puts out a mixture of logistics.
    public static ModelSpec logistics(
            int mixtures, Channels channels, int kernelSize, List<Integer> dilations) {
        return channels.spec(
                8000,
                new Distribution.LogisticMixture(mixtures),
                kernelSize,
                dilations,
                Labels.NONE);
    }

    /// The same network with labels `label 0`, `label 1`, ...
    public static ModelSpec labelled(ModelSpec spec, int labels, int embedding) {
        var names = new ArrayList<String>();
        for (int i = 0; i < labels; i++) names.add("label " + i);
        return new ModelSpec(
                spec.sampleRate(),
                spec.quantizer(),
                spec.trunk(),
                spec.head(),
                spec.distribution(),
                Conditioning.onLabels(names, embedding));
    }

    /// Every width the same.
    public static Channels channels(int width) {
        return channels(width, width, width, width);
    }

    /// R, G, S, A.
    public static Channels channels(int residual, int gate, int skip, int head) {
        return new Channels(residual, gate, skip, head);
    }

    /// A network with random weights that keep about unit variance from layer to layer. The means
    /// of a mixture stay mostly within full scale, and its scales are about e^-3.
    public static Model random(ModelSpec spec, long seed) {
        var random = new Random(seed);
        var tensors = new LinkedHashMap<String, float[]>();
        for (var entry : spec.shapes().entrySet()) {
            String name = entry.getKey();
            Shape shape = entry.getValue();
            // Uniform in ±sqrt(3 / fan-in) passes unit variance on; a table has no sum.
            double bound = Math.sqrt(3);
            double centre = 0;
            if (name.endsWith(".weight")) bound /= Math.sqrt(shape.fanIn());
            if (name.endsWith(".bias")) bound = 0.5;
            switch (name) {
                // Upwards, so that the rectifiers stay open even when there is one channel only.
                case "head.hidden.bias" -> centre = 1;
                case "head.hidden.weight" -> centre = 1.0 / shape.fanIn();
                default -> {
                    if (name.endsWith("skip.bias")) centre = 1.0 / spec.layers();
                }
            }
            var values = new float[(int) shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (centre + bound * (2 * random.nextDouble() - 1));
            }
            if (spec.distribution() instanceof Distribution.LogisticMixture(int m)
                    && name.startsWith("head.output")) {
                int row = values.length / (3 * m);
                for (int i = m * row; i < 2 * m * row; i++) values[i] *= 5;
                if (name.endsWith("bias")) {
                    for (int i = 2 * m; i < 3 * m; i++) values[i] -= 3;
                }
            }
            tensors.put(name, values);
        }
        return new Model(spec, new Weights(tensors), Precision.FLOAT32, ModelInfo.NONE);
    }

    /// Uniformly random levels of the network: every history is as likely as any other.
    public static int[] levels(ModelSpec spec, int count, long seed) {
        return new Random(seed).ints(count, 0, spec.levels()).toArray();
    }
}
