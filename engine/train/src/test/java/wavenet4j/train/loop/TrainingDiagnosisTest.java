package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.distribution.Distribution;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Diagnosed;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.RolledBack;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.facts.DatasetStatistics;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Each rule once where it holds, and beside it where it just does not.
final class TrainingDiagnosisTest {
    private static final int EVERY = 250;

    private TrainConfig config = TrainConfig.parse("", Map.of());
    private final List<Diagnosed> diagnoses = new ArrayList<>();
    private TrainingDiagnosis diagnosis = diagnosis(new DatasetStatistics(0, 0));
    private long step;

    private TrainingDiagnosis diagnosis(DatasetStatistics material) {
        return new TrainingDiagnosis(
                config.training(),
                config.data().excerpts(),
                new Distribution.Categorical(256),
                material);
    }

    private void update(TrainingEvent event) {
        diagnosis.update(event).ifPresent(diagnoses::add);
    }

    private void evaluate(double heldOut, double training) {
        evaluate(heldOut, training, 0.3, 0.1);
    }

    /// Steps up to the next evaluation on the held-out recordings, and that evaluation.
    private void evaluate(double heldOut, double training, double norm, double progress) {
        step += EVERY;
        update(new Progress(step, training, 1e-3, norm, 1000, progress, 60));
        update(new Evaluated(step, 60, heldOut, true));
    }

    private void takes(List<SoundFault> first, List<SoundFault> second) {
        var take = new PreviewTake(0.9, "previews/x.wav", -20, 0, 0.1, first);
        var other = new PreviewTake(1, "previews/y.wav", -20, 0, 0.1, second);
        update(new Previewed(step, List.of(), 3, false, List.of(take, other)));
    }

    private List<Verdict> verdicts() {
        return diagnoses.stream().map(Diagnosed::verdict).toList();
    }

    private Diagnosed last() {
        return diagnoses.getLast();
    }

    @Test
    void learningIsDiagnosedOnce() {
        evaluate(6.5, 6.6);
        evaluate(6.0, 6.1);
        evaluate(5.5, 5.6);
        assertThat(diagnoses)
                .containsExactly(
                        new Diagnosed(
                                250,
                                Verdict.LEARNING,
                                "The held-out loss is 6.500 bits per sample (uniform distribution:"
                                        + " 8).",
                                "Let it go on."));
    }

    @Test
    void theEndIsDiagnosedAnew() {
        evaluate(4.50, 4.5);
        evaluate(4.02, 4.0);
        evaluate(4.01, 3.9);
        evaluate(4.00, 3.8, 0.3, 1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING, Verdict.LEARNING);
        assertThat(last().step()).isEqualTo(1000);
        assertThat(last().sentence()).contains("4.000", "4.020 at step 500");
        assertThat(last().remedy()).startsWith("It has levelled off");
    }

    @Test
    void aLossThatHardlyFallsIsUndertrained() {
        for (double bits : new double[] {7.9, 7.8, 7.7}) evaluate(bits, 7.8);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        evaluate(7.6, 7.7);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("1,000 steps", "7.60", "below the 8 of a uniform");
        assertThat(last().remedy()).contains("training.learningRate", "0.01");
        evaluate(7.1, 7.1);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void anEndWhileTheLossFallsIsUndertrained() {
        evaluate(6, 6, 0.3, 0.3);
        evaluate(5.5, 5.6, 0.3, 0.6);
        evaluate(5.44, 5.5, 0.3, 1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING, Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("5.440", "still falling: by 0.560 since step 250");
        assertThat(last().remedy()).contains("training.minutes");
        // Given more, it is learning again.
        evaluate(5.3, 5.4, 0.3, 0.5);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void anEarlyEndIsUndertrained() {
        evaluate(5.9, 6, 0.3, 1);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("5.900", "after 250 steps, too few");
    }

    @Test
    void aSteadyRiseWhileTrainingFallsIsOverfitting() {
        evaluate(4.100, 4.1);
        evaluate(4.000, 4.0);
        evaluate(4.005, 3.9);
        evaluate(4.010, 3.8);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        evaluate(4.015, 3.7);
        assertThat(last().verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(last().step()).isEqualTo(1250);
        assertThat(last().sentence())
                .contains("Since step 500", "rose by 0.015 to 4.015", "fell by 0.300 to 3.700");
        assertThat(last().remedy()).contains("best model is kept");
    }

    @Test
    void aRiseOfBothIsNoOverfitting() {
        for (int i = 0; i < 6; i++) evaluate(4 + 0.01 * i, 3.8 + 0.01 * i);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
    }

    @Test
    void aSecondRollbackIsDiverging() {
        evaluate(6, 6);
        update(new RolledBack(260, 250, 0.5, "the loss rose"));
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        update(new RolledBack(270, 250, 0.25, "the loss rose"));
        assertThat(last().verdict()).isEqualTo(Verdict.DIVERGING);
        assertThat(last().sentence()).contains("2 times");
        assertThat(last().remedy()).contains("training.learningRate below 0.01");
        evaluate(5.9, 5.9);
        assertThat(last().verdict()).isEqualTo(Verdict.DIVERGING);
        evaluate(5.8, 5.8);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void anExplodingGradientIsDiverging() {
        for (int i = 0; i < 4; i++) evaluate(5 - 0.1 * i, 5, 0.3, 0.1);
        evaluate(4.6, 5, 2.9, 0.1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        evaluate(4.5, 5, 3.1, 0.1);
        assertThat(last().verdict()).isEqualTo(Verdict.DIVERGING);
        assertThat(last().sentence()).contains("rose to 3.1", "median was 0.30");
    }

    @Test
    void aRollbackUndoesTheEvaluationsAfterIt() {
        evaluate(6, 6);
        evaluate(5.9, 5.9);
        evaluate(5.8, 5.8);
        update(new RolledBack(800, 250, 0.5, "the loss rose"));
        step = 250;
        evaluate(5.95, 5.9, 0.3, 1);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("after 500 steps, too few");
    }

    @Test
    void aPlateauIsALongTimeWithoutGain() {
        evaluate(5, 5);
        evaluate(4.5, 4.5);
        for (int i = 1; i <= 7; i++) evaluate(4.5 - 0.0005 * i, 4.4);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        evaluate(4.496, 4.4);
        assertThat(last().verdict()).isEqualTo(Verdict.PLATEAU);
        assertThat(last().sentence()).contains("8 evaluations", "4.496", "4.500");
        evaluate(4.4, 4.4);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void levellingOffTowardsTheEndIsNoPlateau() {
        evaluate(4.5, 4.5);
        for (int i = 1; i <= 10; i++) evaluate(4.5 - 0.0001 * i, 4.4, 0.3, 0.85);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
    }

    @Test
    void aSilentCorpusIsDiagnosedFirst() {
        diagnosis = diagnosis(new DatasetStatistics(0.62, 0));
        update(new Progress(10, 8, 1e-3, 1, 1000, 0.01, 60));
        assertThat(last().verdict()).isEqualTo(Verdict.SILENT_CORPUS);
        assertThat(last().step()).isEqualTo(10);
        assertThat(last().sentence()).contains("62 %");
        assertThat(last().remedy()).contains("data.trimDb");
        evaluate(6, 6);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);

        diagnoses.clear();
        diagnosis = diagnosis(new DatasetStatistics(0.49, 0.009));
        update(new Progress(10, 8, 1e-3, 1, 1000, 0.01, 60));
        assertThat(diagnoses).isEmpty();
    }

    @Test
    void clippingIsDiagnosedFirst() {
        diagnosis = diagnosis(new DatasetStatistics(0.1, 0.034));
        update(new Progress(10, 8, 1e-3, 1, 1000, 0.01, 60));
        assertThat(last().verdict()).isEqualTo(Verdict.CLIPPING);
        assertThat(last().sentence()).contains("3.4 %");
    }

    @Test
    void takesWithFaultsAreDiagnosedWhereNoneIsSound() {
        evaluate(6, 6);
        takes(List.of(), List.of(SoundFault.NOISE));
        takes(List.of(SoundFault.NOISE), List.of());
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        takes(List.of(SoundFault.NOISE), List.of(SoundFault.FULL_SCALE));
        assertThat(last().verdict()).isEqualTo(Verdict.NOISE);
        assertThat(last().sentence()).contains("step 250", "temperature 0.90", "white noise");
        takes(List.of(), List.of());
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void eachFaultHasItsVerdictAndARemedy() {
        evaluate(6, 6);
        var verdicts =
                Map.of(
                        SoundFault.SILENCE, Verdict.SILENCE,
                        SoundFault.QUIET, Verdict.SILENCE,
                        SoundFault.ONE_LEVEL, Verdict.STUCK,
                        SoundFault.OFFSET, Verdict.STUCK,
                        SoundFault.FEW_LEVELS, Verdict.STUCK,
                        SoundFault.ONE_PERIOD, Verdict.STUCK,
                        SoundFault.FULL_SCALE, Verdict.STUCK,
                        SoundFault.NOISE, Verdict.NOISE);
        assertThat(verdicts).containsOnlyKeys(SoundFault.values());
        verdicts.forEach((fault, verdict) -> {
            takes(List.of(), List.of());
            takes(List.of(fault), List.of(fault));
            assertThat(last().verdict()).isEqualTo(verdict);
            assertThat(last().sentence()).contains(fault.words());
            assertThat(last().remedy()).contains("ore steps");
        });
    }

    /// Which come after the evaluation at the end.
    @Test
    void theEndIsDiagnosedByItsOwnTakes() {
        evaluate(6, 6, 0.3, 0.9);
        takes(List.of(SoundFault.NOISE), List.of(SoundFault.NOISE));
        assertThat(last().verdict()).isEqualTo(Verdict.NOISE);
        evaluate(5.5, 5.5, 0.3, 1);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        takes(List.of(SoundFault.NOISE), List.of(SoundFault.NOISE));
        assertThat(last().verdict()).isEqualTo(Verdict.NOISE);
    }

    @Test
    void coldStartsAreAdvisedWhereThereAreFew() {
        evaluate(6, 6);
        takes(List.of(SoundFault.SILENCE), List.of(SoundFault.SILENCE));
        assertThat(last().remedy()).contains("training.coldStarts: 0.15 (now 0.0)");

        config = TrainConfig.parse("", Map.of("training.coldStarts", "0.2"));
        diagnosis = diagnosis(new DatasetStatistics(0, 0));
        evaluate(6, 6);
        takes(List.of(SoundFault.SILENCE), List.of(SoundFault.SILENCE));
        assertThat(last().verdict()).isEqualTo(Verdict.SILENCE);
        assertThat(last().remedy()).isEqualTo("Train for more steps.");
    }

    @Test
    void excerptsAreAdvisedWhereThereAreNone() {
        config =
                TrainConfig.parse(
                        "", Map.of("training.coldStarts", "0.2", "data.excerpts", "false"));
        diagnosis = diagnosis(new DatasetStatistics(0, 0));
        evaluate(6, 6);
        takes(List.of(SoundFault.SILENCE), List.of(SoundFault.SILENCE));
        assertThat(last().remedy())
                .isEqualTo(
                        "Train for more steps; data.excerpts: true (now false) helps takes to"
                                + " begin.");
    }

    /// A resumed training does not repeat the diagnosis from before.
    @Test
    void earlierEventsAreNotDiagnosedAgain() {
        evaluate(4.1, 4.1);
        evaluate(4.00, 4.0);
        evaluate(4.01, 3.9);
        evaluate(4.02, 3.8);
        diagnoses.clear();
        evaluate(4.03, 3.7);
        assertThat(verdicts()).containsExactly(Verdict.OVERFITTING);
        update(last());
        evaluate(4.04, 3.6);
        assertThat(diagnoses).hasSize(1);
    }

    @Test
    void theDataIsMeasuredWhereTargetsAre() {
        TrainConfig config = TinyRun.config();
        Dataset tones = TinyRun.periodic(config, 3, 1000);
        var spec = tones.spec(); // 16 levels, receptive field 15
        var levels = new int[spec.receptiveField() + 100];
        Arrays.fill(levels, 8); // silence, the lead-in too
        for (int t = 0; t < 20; t++) levels[spec.receptiveField() + t] = 15;
        for (int t = 20; t < 30; t++) levels[spec.receptiveField() + t] = 3;
        var recording = TinyRun.recording("a.wav", levels, new TreeSet<>());
        var data = new Dataset(spec, List.of(recording), tones.heldOut(), "");
        DatasetStatistics material = DatasetStatistics.of(data);
        assertThat(material.silentShare()).isEqualTo(0.7);
        assertThat(material.fullScaleShare()).isEqualTo(0.2);
    }
}
