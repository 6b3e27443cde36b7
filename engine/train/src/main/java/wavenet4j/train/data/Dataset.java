package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.RateRule;
import wavenet4j.audio.corpus.ScanProgress;
import wavenet4j.train.config.DataConfig.SplitRule;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.levels.EncodedAudio;
import wavenet4j.train.levels.LevelCache;
import wavenet4j.train.levels.RecordingEncoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;

/// The recordings of a folder, encoded and split into those to train on and held-out ones.
///
/// @param spec of the network, with the recordings' rate and the labels of the training ones
/// @param training the recordings to train on, or parts of them
/// @param heldOut the recordings to evaluate on, or parts of them
/// @param scan which files were used and which were not, in lines of text
public record Dataset(
        ModelSpec spec,
        List<EncodedRecording> training,
        List<EncodedRecording> heldOut,
        String scan) {
    private static final int ANY_RATE = 8000;
    private static final int LITTLE_SECONDS = 30;

    /// Where the levels of the recordings are kept.
    private interface Scanner {
        Corpus<EncodedAudio> scan(RecordingEncoder encoder, Corpus.Options options)
                throws IOException;
    }

    /// Reads, preprocesses and encodes recordings into memory.
    ///
    /// @param recordings a folder, or a file
    /// @throws IllegalArgumentException when there is too little to train on, with the remedy
    /// @throws IOException when the folder cannot be read
    public static Dataset read(Path recordings, TrainConfig config) throws IOException {
        return read(
                recordings,
                config,
                (encoder, options) -> Corpus.scan(recordings, options, encoder::encode));
    }

    /// Likewise, into a cache on disk, in which an earlier read may have left them.
    ///
    /// @param cache the folder for it, where the configuration names no other
    public static Dataset read(
            Path recordings, TrainConfig config, Path cache, ScanProgress progress)
            throws IOException {
        String other = config.data().cache();
        return read(
                recordings,
                config,
                (encoder, options) ->
                        LevelCache.scan(
                                other == null
                                        ? cache
                                        : encoder.folderIn(Path.of(other), recordings, options),
                                recordings,
                                encoder,
                                options,
                                progress));
    }

    private static Dataset read(Path recordings, TrainConfig config, Scanner scanner)
            throws IOException {
        var rule = LabelRule.parse(config.data().labels(), LabelRule.folderOf(recordings));
        // The receptive field depends on neither the rate nor the labels, which are known later.
        int field = config.network().spec(ANY_RATE, List.of()).receptiveField();
        var encoder =
                new RecordingEncoder(
                        config.data().preprocessing(),
                        config.network().distribution().quantizer(),
                        config.data().leadIn() ? field : 0);
        Integer rate = config.network().sampleRate();
        boolean byParts = config.data().split() == SplitRule.PARTS;
        Corpus<EncodedAudio> corpus =
                scanner.scan(
                        encoder,
                        encoder.options(
                                rate == null ? OptionalInt.empty() : OptionalInt.of(rate),
                                byParts ? RateRule.SOUND : RateRule.FILES));
        int scanned = corpus.kept().isEmpty() ? ANY_RATE : corpus.sampleRate();
        ModelSpec unlabelled = config.network().spec(scanned, List.of());
        var selection = new Selection(corpus, rule, unlabelled, !byParts);
        List<EncodedRecording> all = selection.recordings();
        if (all.isEmpty()) throw new IllegalArgumentException(selection.whyNothing(recordings));
        if (!byParts && all.size() == 1) {
            throw new IllegalArgumentException(
                    "%s has one recording to learn from, %s, and data.split: files holds out whole ones; data.split: parts holds out its end\n%s"
                            .formatted(recordings, all.getFirst().name(), selection.describe()));
        }
        Split split;
        try {
            split = byParts ? Split.byParts(all, config, unlabelled) : Split.byFiles(all, config);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "\n" + selection.describe(), e);
        }

        // A label of held-out recordings alone would have an embedding that nothing trains.
        var names = new TreeSet<String>();
        for (EncodedRecording recording : split.training()) names.addAll(recording.labels());
        if (names.isEmpty() && !(rule instanceof LabelRule.None)) {
            throw new IllegalArgumentException(
                    "no recording to learn from gets a label by the rule %s; the first is %s\n%s"
                            .formatted(
                                    config.data().labels(),
                                    split.training().getFirst().name(),
                                    selection.describe()));
        }
        ModelSpec spec = config.network().spec(corpus.sampleRate(), List.copyOf(names));
        return new Dataset(
                spec,
                split.training(),
                split.heldOut(),
                selection.describe() + little(spec, split.training()));
    }

    /// A warning of too little to learn from.
    private static String little(ModelSpec spec, List<EncodedRecording> training) {
        long targets =
                training.stream().mapToLong(r -> r.levels().length() - spec.receptiveField()).sum();
        double seconds = (double) targets / spec.sampleRate();
        if (seconds >= LITTLE_SECONDS) return "";
        return String.format(
                Locale.ROOT,
                "\nvery little to learn from: %.2f s, which a network soon knows by heart; record"
                        + " some minutes",
                seconds);
    }
}
