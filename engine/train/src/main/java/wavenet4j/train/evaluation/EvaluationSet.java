package wavenet4j.train.evaluation;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.audio.corpus.RateRule;
import wavenet4j.info.TrainingData;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.data.LabelRule;
import wavenet4j.train.levels.EncodedAudio;
import wavenet4j.train.levels.Levels;
import wavenet4j.train.levels.RecordingEncoder;
import wavenet4j.train.levels.Span;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Recordings to evaluate a model on, preprocessed as in its training. The lead-in is left out, as
/// a generator begins with the same silence.
///
/// @param recordings at least one
/// @param scan which files were read and which were left out, in lines; empty where only held-out
///   recordings were read
/// @param notes on recordings that are not evaluated, or without some of their labels
public record EvaluationSet(List<EncodedRecording> recordings, String scan, List<String> notes) {

    /// Reads all recordings of a folder, or one file.
    ///
    /// @param labelRule where labels come from; null for the rule of the model's training
    /// @throws IllegalArgumentException when none of them can be evaluated
    /// @throws IOException when the folder cannot be read
    public static EvaluationSet read(Path folder, Model model, @Nullable String labelRule)
            throws IOException {
        Corpus<EncodedAudio> corpus = scan(folder, model);
        var all = new ArrayList<EncodedRecording>();
        for (var kept : corpus.kept()) {
            String name = LabelRule.slashed(kept.file());
            all.add(new EncodedRecording(name, kept.audio().levels(), Set.of()));
        }
        return of(all, folder, model, labelRule, corpus.summary());
    }

    /// Reads the recordings that were held out of the model's training.
    ///
    /// @param folder that the model was trained on, or the file
    /// @param labelRule where labels come from; null for the rule of the model's training
    /// @throws IllegalArgumentException when the model does not name them, or they are not there
    /// @throws IOException when the folder cannot be read
    public static EvaluationSet readHeldOut(Path folder, Model model, @Nullable String labelRule)
            throws IOException {
        var all = new ArrayList<EncodedRecording>();
        for (Span.Named part : heldOut(folder, model)) {
            Path file = LabelRule.folderOf(folder).resolve(part.file());
            Corpus<EncodedAudio> corpus = scan(file, model);
            if (corpus.kept().isEmpty()) {
                throw new IllegalArgumentException(
                        "the held-out recording %s cannot be used: it %s"
                                .formatted(part.file(), corpus.leftOut().getFirst().reason()));
            }
            Levels levels = corpus.kept().getFirst().audio().levels();
            Span span = part.span();
            if (!span.isWhole()) {
                if (span.to() > levels.length()) {
                    throw new IllegalArgumentException(
                            "%s has %d samples, and the model names %s as held out; give the recordings it was trained on"
                                    .formatted(file, levels.length(), span.in(part.file())));
                }
                levels = levels.slice(span.from(), span.to());
            }
            all.add(new EncodedRecording(part.file(), span, levels, Set.of()));
        }
        return of(all, folder, model, labelRule, "");
    }

    private static Corpus<EncodedAudio> scan(Path from, Model model) throws IOException {
        var encoder =
                new RecordingEncoder(model.info().preprocessing(), model.spec().quantizer(), 0);
        int rate = model.spec().sampleRate();
        return Corpus.scan(
                from, encoder.options(OptionalInt.of(rate), RateRule.SOUND), encoder::encode);
    }

    /// @param all without labels
    private static EvaluationSet of(
            List<EncodedRecording> all,
            Path folder,
            Model model,
            @Nullable String labelRule,
            String scan)
            throws IOException {
        TrainingData data = model.info().data();
        String trained = data == null ? "none" : data.labelRule();
        LabelRule rule =
                LabelRule.parse(
                        labelRule == null ? trained : labelRule, LabelRule.folderOf(folder));
        ModelSpec spec = model.spec();
        var recordings = new ArrayList<EncodedRecording>();
        var notes = new ArrayList<String>();
        for (EncodedRecording recording : all) {
            Set<String> labels = rule.labelsOf(Path.of(recording.file()));
            // A held-out recording may have a label that none of the training recordings has.
            var known = new TreeSet<>(labels);
            known.retainAll(spec.labels().names());
            if (known.size() < labels.size()) {
                notes.add(
                        "%s: scored with %s only of its labels %s"
                                .formatted(recording.name(), known, labels));
            }
            Span span = recording.span();
            if (recording.levels().length() > Evaluator.firstPredicted(model, span)) {
                recordings.add(
                        new EncodedRecording(recording.file(), span, recording.levels(), known));
            } else {
                notes.add(recording.name() + " is no longer than the receptive field: not scored");
            }
        }
        if (!recordings.isEmpty()) {
            return new EvaluationSet(List.copyOf(recordings), scan, List.copyOf(notes));
        }
        throw new IllegalArgumentException(
                all.isEmpty()
                        ? "%s holds no recording that can be evaluated\n%s".formatted(folder, scan)
                        : "%s has no recording longer than the model's receptive field of %.2f s"
                                .formatted(
                                        folder,
                                        (double) spec.receptiveField() / spec.sampleRate()));
    }

    /// The names come from a model file, which is not trusted: they must stay below the folder.
    private static List<Span.Named> heldOut(Path folder, Model model) {
        TrainingData data = model.info().data();
        if (data == null || data.heldOut().isEmpty()) {
            throw new IllegalArgumentException(
                    "the model does not say which recordings were held out of its training;"
                            + " evaluate it on all of a folder instead");
        }
        var parts = new ArrayList<Span.Named>();
        for (String name : data.heldOut()) {
            // A file may be called as a part is.
            Span.Named part =
                    isBelow(folder, name) ? new Span.Named(name, Span.WHOLE) : Span.of(name);
            if (!isBelow(folder, part.file())) {
                throw new IllegalArgumentException(
                        "%s has no file %s, which the model names as held out; give the folder it was trained on"
                                .formatted(folder, part.file()));
            }
            parts.add(part);
        }
        return parts;
    }

    private static boolean isBelow(Path folder, String name) {
        Path file = Path.of(name);
        return !file.isAbsolute()
                && file.normalize().equals(file)
                && !file.startsWith("..")
                && Files.isRegularFile(LabelRule.folderOf(folder).resolve(file));
    }
}
