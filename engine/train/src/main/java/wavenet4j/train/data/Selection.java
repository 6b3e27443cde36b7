package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.Corpus.Kept;
import wavenet4j.audio.corpus.Corpus.LeftOut;
import wavenet4j.train.levels.Checksum;
import wavenet4j.train.levels.EncodedAudio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The recordings of a corpus that can be learned from, and why the others cannot.
final class Selection {
    private record Copied(Checksum sound, Set<String> labels) {}

    private final Corpus<EncodedAudio> corpus;
    private final LabelRule rule;
    private final ModelSpec spec;
    private final List<EncodedRecording> recordings = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /// @param spec of the network, apart from the labels
    /// @param copies whether a recording that sounds as an earlier one with its labels is kept
    Selection(Corpus<EncodedAudio> corpus, LabelRule rule, ModelSpec spec, boolean copies) {
        this.corpus = corpus;
        this.rule = rule;
        this.spec = spec;
        Map<Copied, Path> first = new HashMap<>();
        for (Kept<EncodedAudio> kept : corpus.kept()) {
            var copied = new Copied(kept.audio().levels().checksum(), rule.labelsOf(kept.file()));
            Path original = copies ? null : first.putIfAbsent(copied, kept.file());
            if (original == null) {
                select(kept);
            } else {
                leaveOut(kept, "is a copy of " + original);
            }
        }
    }

    private void select(Kept<EncodedAudio> kept) {
        EncodedAudio audio = kept.audio();
        if (audio.isTooQuiet(spec.levels())) {
            leaveOut(
                    kept,
                    audio.isConstant(spec.quantizer())
                            ? "is constant all through, which is no sound"
                            : "is so quiet that it has no more than two levels (data.normalize:"
                                    + " true would use it)");
        } else if (audio.levels().length() <= spec.receptiveField()) {
            leaveOut(
                    kept,
                    String.format(
                            Locale.ROOT,
                            "is no longer than the receptive field of %.2f s (data.leadIn: true"
                                    + " would use it)",
                            (double) spec.receptiveField() / spec.sampleRate()));
        } else {
            recordings.add(
                    new EncodedRecording(
                            LabelRule.slashed(kept.file()),
                            audio.levels(),
                            rule.labelsOf(kept.file())));
        }
    }

    private void leaveOut(Kept<EncodedAudio> kept, String reason) {
        leftOut.add(new LeftOut(kept.file(), reason, kept.seconds()));
    }

    /// Those that can be learned from.
    List<EncodedRecording> recordings() {
        return recordings;
    }

    /// What became of each file, in lines.
    String describe() {
        if (leftOut.isEmpty()) return corpus.summary();
        return corpus.summary()
                + leftOut.stream()
                        .map(LeftOut::line)
                        .collect(Collectors.joining("\n  ", "\nleft out of training\n  ", ""));
    }

    /// Why there is nothing to learn from, in a sentence, and the lines.
    ///
    /// @param from the folder or the file
    String whyNothing(Path from) {
        var all = new ArrayList<>(corpus.leftOut());
        all.addAll(leftOut);
        if (all.isEmpty()) {
            return "%s holds no recordings; name a folder of WAV, AIFF, FLAC, MP3, M4A or Ogg files, or one such file\n%s"
                    .formatted(from, describe());
        }
        Set<String> reasons = all.stream().map(LeftOut::reason).collect(Collectors.toSet());
        String why =
                all.size() == 1
                        ? "its one recording " + all.getFirst().reason()
                        : reasons.size() == 1
                                ? "each of its %d recordings %s"
                                        .formatted(all.size(), all.getFirst().reason())
                                : "its %d recordings are left out, for the reasons below"
                                        .formatted(all.size());
        return "%s holds nothing to learn from: %s\n%s".formatted(from, why, describe());
    }
}
