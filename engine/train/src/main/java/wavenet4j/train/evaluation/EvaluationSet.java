package wavenet4j.train.evaluation;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.info.TrainingData;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.data.LabelRule;
import wavenet4j.train.data.RecordingEncoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// Reads all recordings of a folder.
    ///
    /// @param labelRule where labels come from; null for the rule of the model's training
    /// @throws IllegalArgumentException when none of them can be evaluated
    /// @throws IOException when the folder cannot be read
    public static EvaluationSet read(Path folder, Model model, @Nullable String labelRule)
            throws IOException {
        var encoder = encoder(model);
        Corpus<char[]> corpus = scan(folder, model, encoder);
        var levels = new LinkedHashMap<Path, char[]>();
        for (var kept : corpus.kept()) levels.put(kept.file(), kept.audio());
        return of(levels, folder, model, labelRule, corpus.summary());
    }

    /// Reads the recordings that were held out of the model's training.
    ///
    /// @param folder that the model was trained on
    /// @param labelRule where labels come from; null for the rule of the model's training
    /// @throws IllegalArgumentException when the model does not name them, or they are not there
    /// @throws IOException when the folder cannot be read
    public static EvaluationSet readHeldOut(Path folder, Model model, @Nullable String labelRule)
            throws IOException {
        var encoder = encoder(model);
        var levels = new LinkedHashMap<Path, char[]>();
        for (Path file : heldOutFiles(folder, model)) {
            Corpus<char[]> corpus = scan(folder.resolve(file), model, encoder);
            if (corpus.kept().isEmpty()) {
                throw new IllegalArgumentException(
                        "the held-out recording %s cannot be used: it %s"
                                .formatted(file, corpus.leftOut().getFirst().reason()));
            }
            levels.put(file, corpus.kept().getFirst().audio());
        }
        return of(levels, folder, model, labelRule, "");
    }

    private static RecordingEncoder encoder(Model model) {
        return new RecordingEncoder(model.info().preprocessing(), model.spec().quantizer());
    }

    private static Corpus<char[]> scan(Path from, Model model, RecordingEncoder encoder)
            throws IOException {
        int rate = model.spec().sampleRate();
        return Corpus.scan(
                from,
                encoder.options(OptionalInt.of(rate)),
                clip -> encoder.padded(encoder.encode(clip), 0, rate));
    }

    private static EvaluationSet of(
            Map<Path, char[]> levels,
            Path folder,
            Model model,
            @Nullable String labelRule,
            String scan)
            throws IOException {
        TrainingData data = model.info().data();
        String trained = data == null ? "none" : data.labelRule();
        LabelRule rule = LabelRule.parse(labelRule == null ? trained : labelRule, folder);
        ModelSpec spec = model.spec();
        var recordings = new ArrayList<EncodedRecording>();
        var notes = new ArrayList<String>();
        for (var entry : levels.entrySet()) {
            Path file = entry.getKey();
            Set<String> labels = rule.labelsOf(file);
            // A held-out recording may have a label that none of the training recordings has.
            var known = new TreeSet<>(labels);
            known.retainAll(spec.labels().names());
            if (known.size() < labels.size()) {
                notes.add(
                        "%s: scored with %s only of its labels %s".formatted(file, known, labels));
            }
            if (entry.getValue().length > Evaluator.firstPredicted(model)) {
                String name = LabelRule.slashed(file);
                recordings.add(new EncodedRecording(name, entry.getValue(), known));
            } else {
                notes.add(file + " is no longer than the receptive field: not scored");
            }
        }
        if (recordings.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no recording longer than the model's receptive field of %.2f s"
                            .formatted(folder, (double) spec.receptiveField() / spec.sampleRate()));
        }
        return new EvaluationSet(List.copyOf(recordings), scan, List.copyOf(notes));
    }

    /// The names come from a model file, which is not trusted: they must stay below the folder.
    private static List<Path> heldOutFiles(Path folder, Model model) {
        TrainingData data = model.info().data();
        if (data == null || data.heldOut().isEmpty()) {
            throw new IllegalArgumentException(
                    "the model does not say which recordings were held out of its training;"
                            + " evaluate it on all of a folder instead");
        }
        List<Path> files = data.heldOut().stream().map(Path::of).toList();
        for (Path file : files) {
            boolean below = !file.isAbsolute() && file.normalize().equals(file);
            if (!below || file.startsWith("..") || !Files.isRegularFile(folder.resolve(file))) {
                throw new IllegalArgumentException(
                        "%s has no file %s, which the model names as held out; give the folder it was trained on"
                                .formatted(folder, file));
            }
        }
        return files;
    }
}
