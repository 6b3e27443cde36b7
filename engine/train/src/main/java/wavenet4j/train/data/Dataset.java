package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.distribution.Quantizer;
import wavenet4j.train.config.TrainConfig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;

/// The recordings of a folder, encoded and split by file into training and held-out ones.
///
/// @param spec of the network, with the recordings' rate and the labels of the training ones
/// @param training the recordings to train on
/// @param heldOut the recordings to evaluate on
/// @param scan which files were used and which were not, in lines of text
public record Dataset(
        ModelSpec spec,
        List<EncodedRecording> training,
        List<EncodedRecording> heldOut,
        String scan) {

    /// Reads, preprocesses and encodes the recordings of a folder.
    ///
    /// @throws IllegalArgumentException when it holds too little to train on, with the remedy
    /// @throws IOException when the folder cannot be read
    public static Dataset read(Path folder, TrainConfig config) throws IOException {
        var rule = LabelRule.parse(config.data().labels(), folder);
        Quantizer quantizer = config.network().distribution().quantizer();
        var encoder = new RecordingEncoder(config.data().preprocessing(), quantizer);
        Integer rate = config.network().sampleRate();
        var options = encoder.options(rate == null ? OptionalInt.empty() : OptionalInt.of(rate));
        Corpus<char[]> corpus = Corpus.scan(folder, options, encoder::encode);
        if (corpus.kept().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s holds no recording to learn from; name a folder of WAV, FLAC, MP3 or Ogg Vorbis files\n%s"
                            .formatted(folder, corpus.summary()));
        }

        // The receptive field does not depend on the labels, which are known only after the split.
        ModelSpec unlabelled = config.network().spec(corpus.sampleRate(), List.of());
        int field = unlabelled.receptiveField();
        double fieldSeconds = (double) field / unlabelled.sampleRate();
        int leadIn = config.data().leadIn() ? field : 0;
        var all = new ArrayList<EncodedRecording>();
        var leftOut = new ArrayList<String>();
        for (var kept : corpus.kept()) {
            char[] levels = encoder.padded(kept.audio(), leadIn, unlabelled.sampleRate());
            if (tooQuiet(kept.audio(), quantizer.levels())) {
                leftOut.add(
                        "  %s: is so quiet that it has no more than two levels (data.normalize: true would use it)"
                                .formatted(kept.file()));
            } else if (levels.length <= field) {
                leftOut.add(
                        String.format(
                                Locale.ROOT,
                                "  %s: %.2f s is no longer than the receptive field of %.2f s"
                                        + " (data.leadIn: true would use it)",
                                kept.file(),
                                kept.seconds(),
                                fieldSeconds));
            } else {
                String name = LabelRule.slashed(kept.file());
                all.add(new EncodedRecording(name, levels, rule.labelsOf(kept.file())));
            }
        }
        String scan = corpus.summary();
        if (!leftOut.isEmpty()) {
            scan += "\nleft out of training\n" + String.join("\n", leftOut);
        }
        if (all.size() < 2) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s has %d recording%s longer than the receptive field of %.2f s that"
                                + " can be learned from, and training takes at least two, as one is"
                                + " held out to measure by; add recordings, or cut a long one in"
                                + " parts\n"
                                + "%s",
                            folder,
                            all.size(),
                            all.size() == 1 ? "" : "s",
                            fieldSeconds,
                            scan));
        }
        return split(corpus.sampleRate(), all, rule, config, scan);
    }

    /// Splits them; the seed and the names of the files alone decide which are held out.
    private static Dataset split(
            int rate, List<EncodedRecording> all, LabelRule rule, TrainConfig config, String scan) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(config.training().seed()));
        int heldOut = (int) Math.ceil(config.data().heldOut() * all.size());
        heldOut = Math.clamp(heldOut, 1, all.size() - 1);
        var held = new ArrayList<>(shuffled.subList(0, heldOut));
        var training = new ArrayList<>(shuffled.subList(heldOut, shuffled.size()));
        held.sort(Comparator.comparing(EncodedRecording::name));
        training.sort(Comparator.comparing(EncodedRecording::name));

        // A label of held-out recordings alone would have an embedding that nothing trains.
        var names = new TreeSet<String>();
        for (EncodedRecording recording : training) names.addAll(recording.labels());
        if (names.isEmpty() && !(rule instanceof LabelRule.None)) {
            throw new IllegalArgumentException(
                    "no recording to learn from gets a label by the rule %s; the first is %s"
                            .formatted(config.data().labels(), training.getFirst().name()));
        }
        ModelSpec spec = config.network().spec(rate, List.copyOf(names));
        return new Dataset(spec, training, held, scan);
    }

    /// Whether all samples are one level or two neighbouring ones.
    private static boolean tooQuiet(char[] levels, int q) {
        int least = Character.MAX_VALUE;
        int most = 0;
        for (char level : levels) {
            least = Math.min(least, level);
            most = Math.max(most, level);
        }
        return most - least < Math.min(2, q - 1);
    }
}
