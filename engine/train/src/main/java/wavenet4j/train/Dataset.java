package wavenet4j.train;

import wavenet4j.ModelSpec;
import wavenet4j.audio.Clip;
import wavenet4j.audio.Corpus;
import wavenet4j.audio.Mulaw;
import wavenet4j.audio.Silence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// A folder of recordings made ready for training, split by file.
///
/// @param spec the network that its rate and labels ask for
/// @param training what is learned from
/// @param heldOut what is only looked at
/// @param scan what was kept and left out, in lines
public record Dataset(
        ModelSpec spec, List<Recording> training, List<Recording> heldOut, String scan) {

    /// Reads a folder.
    ///
    /// @throws IllegalArgumentException when nothing can be learned from it, with what would help
    /// @throws IOException when the folder cannot be read
    public static Dataset read(Path folder, TrainConfig config) throws IOException {
        var rule = LabelRule.parse(config.data().labels());
        var mulaw = new Mulaw(config.network().levels());
        Integer wantedRate = config.network().sampleRate();
        Double trim = config.data().trimDb();
        var options =
                new Corpus.Options(
                        wantedRate == null ? OptionalInt.empty() : OptionalInt.of(wantedRate),
                        Optional.ofNullable(trim).map(Silence::below),
                        config.data().normalize());
        Corpus<char[]> corpus = Corpus.scan(folder, options, clip -> levels(mulaw, clip));
        if (corpus.kept().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s holds no recording to learn from:%n%s".formatted(folder, corpus.summary()));
        }

        var names = new TreeSet<String>();
        for (var kept : corpus.kept()) names.addAll(rule.labelsOf(kept.file()));
        if (names.isEmpty() && !(rule instanceof LabelRule.None)) {
            throw new IllegalArgumentException(
                    "no recording in %s gets a label by the rule %s"
                            .formatted(folder, config.data().labels()));
        }
        ModelSpec spec = config.network().spec(corpus.sampleRate(), List.copyOf(names));

        int leadIn = config.data().leadIn() ? spec.receptiveField() : 0;
        int tail = (int) (config.data().tailSeconds() * spec.sampleRate());
        var all = new ArrayList<Recording>();
        var tooShort = new ArrayList<String>();
        for (var kept : corpus.kept()) {
            char[] levels = withSilence(kept.audio(), leadIn, tail, spec.levels());
            if (levels.length > spec.receptiveField()) {
                all.add(new Recording(kept.file().toString(), levels, rule.labelsOf(kept.file())));
            } else {
                tooShort.add(
                        "  %s: %.2f s is no longer than the receptive field of %.2f s"
                                .formatted(kept.file(), kept.seconds(), seconds(spec)));
            }
        }
        String scan = corpus.summary();
        if (!tooShort.isEmpty()) {
            scan +=
                    "\nleft out as too short (data.leadIn: true would use them)\n"
                            + String.join("\n", tooShort);
        }
        if (all.size() < 2) {
            throw new IllegalArgumentException(
                    ("%s has %d recording%s longer than the receptive field of %.2f s, and training"
                         + " takes at least two: one is held out to measure by. Add recordings, or"
                         + " cut a long one in parts.%n%s")
                            .formatted(
                                    folder,
                                    all.size(),
                                    all.size() == 1 ? "" : "s",
                                    seconds(spec),
                                    scan));
        }
        return split(spec, all, config, scan);
    }

    /// Which files are held out depends on the seed and the names alone.
    private static Dataset split(
            ModelSpec spec, List<Recording> all, TrainConfig config, String scan) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(config.training().seed()));
        int heldOut = (int) Math.ceil(config.data().heldOut() * all.size());
        heldOut = Math.clamp(heldOut, 1, all.size() - 1);
        var held = new ArrayList<>(shuffled.subList(0, heldOut));
        var training = new ArrayList<>(shuffled.subList(heldOut, shuffled.size()));
        held.sort((a, b) -> a.name().compareTo(b.name()));
        training.sort((a, b) -> a.name().compareTo(b.name()));
        return new Dataset(spec, training, held, scan);
    }

    /// Samples that can be a target: those with a whole receptive field before them.
    static long targets(List<Recording> recordings, ModelSpec spec) {
        return recordings.stream().mapToLong(r -> r.levels().length - spec.receptiveField()).sum();
    }

    /// Changes when any training recording changes: a run resumes only on the data it began with.
    String fingerprint() {
        var crc = new CRC32();
        for (var recording : training) {
            crc.update(recording.name().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (char level : recording.levels()) crc.update(level);
        }
        return "%08x".formatted(crc.getValue());
    }

    private static double seconds(ModelSpec spec) {
        return (double) spec.receptiveField() / spec.sampleRate();
    }

    private static char[] levels(Mulaw mulaw, Clip clip) {
        var levels = new char[clip.samples().length];
        for (int t = 0; t < levels.length; t++) levels[t] = (char) mulaw.encode(clip.samples()[t]);
        return levels;
    }

    private static char[] withSilence(char[] levels, int before, int after, int q) {
        var padded = new char[before + levels.length + after];
        Arrays.fill(padded, (char) (q / 2));
        System.arraycopy(levels, 0, padded, before, levels.length);
        return padded;
    }
}
