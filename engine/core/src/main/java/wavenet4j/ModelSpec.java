package wavenet4j;

import wavenet4j.distribution.Distribution;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The shape of a network: everything needed to size its tensors and to run it, and nothing
/// learned.
///
/// @param sampleRate samples a second of the audio it speaks
/// @param output how it tells the distribution of the next sample
/// @param channels the widths of its layers
/// @param kernelSize K, the taps of each dilated convolution
/// @param dilations d of each of the L layers, in order from the input
/// @param labels what it can be conditioned on globally
public record ModelSpec(
        int sampleRate,
        Distribution output,
        Channels channels,
        int kernelSize,
        List<Integer> dilations,
        Labels labels) {

    /// The longest receptive field accepted, in samples: over an hour at 16 kHz, and small enough
    /// that no delay line's size overflows.
    public static final int MAX_RECEPTIVE_FIELD = 1 << 26;

    private static final int MAX_CHANNELS = 1 << 14;

    /// The widths of the network's layers, in channels.
    ///
    /// @param residual R
    /// @param gate G
    /// @param skip S
    /// @param head A
    public record Channels(int residual, int gate, int skip, int head) {
        public Channels {
            requireRange("channels.residual", residual, 1, MAX_CHANNELS);
            requireRange("channels.gate", gate, 1, MAX_CHANNELS);
            requireRange("channels.skip", skip, 1, MAX_CHANNELS);
            requireRange("channels.head", head, 1, MAX_CHANNELS);
        }
    }

    /// The labels a network was trained with. A take may carry several (a speaker and a digit):
    /// their embeddings are added.
    ///
    /// @param names one for each row of the embedding; empty when the network has no labels
    /// @param embedding E, the length of a label's embedding; 0 when there are no labels
    public record Labels(List<String> names, int embedding) {
        /// No labels at all.
        public static final Labels NONE = new Labels(List.of(), 0);

        public Labels {
            names = List.copyOf(names);
            requireRange("the number of labels", names.size(), 0, 1 << 16);
            requireRange("labels.embedding", embedding, names.isEmpty() ? 0 : 1, MAX_CHANNELS);
            if (names.isEmpty() && embedding != 0) {
                throw new IllegalArgumentException(
                        "labels.embedding is " + embedding + ", but there are no labels");
            }
            var seen = new HashSet<String>();
            for (String name : names) {
                // A label is named on the command line and in one-line messages.
                if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
                    throw new IllegalArgumentException(
                            "labels.names has a name that is blank or holds a control character");
                }
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("labels.names has \"" + name + "\" twice");
                }
            }
        }

        /// Requires that every name is one of these, and every share a finite number. It goes by
        /// the names here, because an iterator over the given ones would be allocated.
        public void requireShares(Map<String, Float> shares) {
            int known = 0;
            for (int i = 0; i < names.size(); i++) {
                if (!shares.containsKey(names.get(i))) continue;
                Take.requireShare(names.get(i), shares.get(names.get(i)));
                known++;
            }
            if (known == shares.size()) return;
            for (String name : shares.keySet()) {
                if (names.contains(name)) continue;
                throw new IllegalArgumentException(
                        "the model has no label \"%s\"; it has %s"
                                .formatted(
                                        name, names.isEmpty() ? "none" : String.join(", ", names)));
            }
        }
    }

    public ModelSpec {
        requireRange("sampleRate", sampleRate, 100, 1_000_000);
        requireRange("kernelSize", kernelSize, 1, 1024);
        dilations = List.copyOf(dilations);
        requireRange("the number of dilations", dilations.size(), 1, 1000);
        long receptiveField = 1;
        for (int dilation : dilations) {
            requireRange("each of dilations", dilation, 1, MAX_RECEPTIVE_FIELD);
            receptiveField += (kernelSize - 1L) * dilation;
        }
        if (receptiveField > MAX_RECEPTIVE_FIELD) {
            throw new IllegalArgumentException(
                    "the receptive field is %,d samples; the most is %,d"
                            .formatted(receptiveField, MAX_RECEPTIVE_FIELD));
        }
        for (var tensor :
                tensorShapes(output, channels, kernelSize, dilations.size(), labels).entrySet()) {
            if (tensor.getValue().size() > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        "the tensor "
                                + tensor.getKey()
                                + " of shape "
                                + tensor.getValue()
                                + " is too large");
            }
        }
    }

    /// A network over mu-law levels.
    ///
    /// @param levels Q
    public ModelSpec(
            int sampleRate,
            int levels,
            Channels channels,
            int kernelSize,
            List<Integer> dilations,
            Labels labels) {
        this(
                sampleRate,
                new Distribution.Categorical(levels),
                channels,
                kernelSize,
                dilations,
                labels);
    }

    /// Q, the number of levels a sample may have.
    public int levels() {
        return output.levels();
    }

    /// L, the number of gated residual layers.
    public int layers() {
        return dilations.size();
    }

    /// The number of past samples, the present one included, that one output depends on.
    public int receptiveField() {
        int field = 1;
        for (int dilation : dilations) field += (kernelSize - 1) * dilation;
        return field;
    }

    /// The number of learned values.
    public long parameters() {
        return tensors().values().stream().mapToLong(Shape::size).sum();
    }

    /// Every tensor of the network by its name in the model file, in the order in which it is
    /// written.
    public SequencedMap<String, Shape> tensors() {
        return tensorShapes(output, channels, kernelSize, layers(), labels);
    }

    private static SequencedMap<String, Shape> tensorShapes(
            Distribution output, Channels c, int kernelSize, int layers, Labels labels) {
        var shapes = new LinkedHashMap<String, Shape>();
        switch (output) {
            case Distribution.Categorical(int levels) ->
                    shapes.put("input.embedding", Shape.of(levels, c.residual()));
            case Distribution.Logistics _ -> {
                shapes.put("input.weight", Shape.of(c.residual(), 1));
                shapes.put("input.bias", Shape.of(c.residual()));
            }
        }
        if (!labels.names().isEmpty()) {
            shapes.put("labels.embedding", Shape.of(labels.names().size(), labels.embedding()));
        }
        for (int i = 0; i < layers; i++) {
            String layer = "layers." + i + ".";
            shapes.put(layer + "dilated.weight", Shape.of(2 * c.gate(), c.residual(), kernelSize));
            shapes.put(layer + "dilated.bias", Shape.of(2 * c.gate()));
            if (!labels.names().isEmpty()) {
                shapes.put(layer + "label.weight", Shape.of(2 * c.gate(), labels.embedding()));
            }
            // The last layer's residual output would feed nothing.
            if (i < layers - 1) {
                shapes.put(layer + "residual.weight", Shape.of(c.residual(), c.gate()));
                shapes.put(layer + "residual.bias", Shape.of(c.residual()));
            }
            shapes.put(layer + "skip.weight", Shape.of(c.skip(), c.gate()));
            shapes.put(layer + "skip.bias", Shape.of(c.skip()));
        }
        shapes.put("head.hidden.weight", Shape.of(c.head(), c.skip()));
        shapes.put("head.hidden.bias", Shape.of(c.head()));
        shapes.put("head.output.weight", Shape.of(output.width(), c.head()));
        shapes.put("head.output.bias", Shape.of(output.width()));
        return shapes;
    }

    public static void requireRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %,d; it must be between %,d and %,d"
                            .formatted(what, value, least, most));
        }
    }
}
