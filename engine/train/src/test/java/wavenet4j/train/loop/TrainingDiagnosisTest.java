package wavenet4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.audio.analysis.LevelMeter;
import wavenet4j.distribution.Distribution;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.DatasetStatistics;
import wavenet4j.train.data.Excerpt;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Judged;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.SteppedBack;
import wavenet4j.train.event.TrainingEvent.Validated;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/// Each rule once where it holds, and beside it where it just does not.
final class TrainingDiagnosisTest {
    private static final int EVERY = 250;

    private TrainConfig config = TrainConfig.parse("", Map.of());
    private final List<Judged> judged = new ArrayList<>();
    private TrainingDiagnosis judge = judge(material(0, 0, tone()));
    private long step;

    private TrainingDiagnosis judge(DatasetStatistics material) {
        return new TrainingDiagnosis(
                config.training(), new Distribution.Categorical(256), material);
    }

    private static DatasetStatistics material(
            double silentShare, double fullScaleShare, float[] real) {
        var check = new LevelMeter();
        check.add(real, real.length);
        return new DatasetStatistics(silentShare, fullScaleShare, check);
    }

    private static float[] tone() {
        var tone = new float[8192];
        for (int t = 0; t < tone.length; t++) tone[t] = (float) (0.5 * Math.sin(0.1 * t));
        return tone;
    }

    private static float[] noise() {
        var random = new Random(1);
        var noise = new float[8192];
        for (int t = 0; t < noise.length; t++) noise[t] = random.nextFloat() - 0.5f;
        return noise;
    }

    private void hear(TrainingEvent event) {
        judge.hear(event).ifPresent(judged::add);
    }

    private void look(double heldOut, double training) {
        look(heldOut, training, 0.3, 0.1);
    }

    /// Steps up to the next look at the held-out recordings, and that look.
    private void look(double heldOut, double training, double norm, double progress) {
        step += EVERY;
        hear(new Progress(step, training, 1e-3, norm, 1000, progress, 60));
        hear(new Validated(step, 60, heldOut, true));
    }

    private void takes(double silentShare, double flatness) {
        var take = new PreviewTake(1, "previews/x.wav", -20, silentShare, flatness);
        var clean = new PreviewTake(0.8, "previews/y.wav", -20, silentShare, flatness);
        hear(new Previewed(step, List.of(), 3, false, List.of(take, clean)));
    }

    private List<Verdict> verdicts() {
        return judged.stream().map(Judged::verdict).toList();
    }

    private Judged last() {
        return judged.getLast();
    }

    @Test
    void learningIsSaidOnceWithWhatIsSeen() {
        look(6.5, 6.6);
        look(6.0, 6.1);
        look(5.5, 5.6);
        assertThat(judged)
                .containsExactly(
                        new Judged(
                                250,
                                Verdict.LEARNING,
                                "The held-out recordings cost 6.500 bits per sample, where knowing"
                                        + " nothing costs 8.",
                                "Let it go on."));
    }

    @Test
    void theEndIsJudgedAnew() {
        look(4.50, 4.5);
        look(4.02, 4.0);
        look(4.01, 3.9);
        look(4.00, 3.8, 0.3, 1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING, Verdict.LEARNING);
        assertThat(last().step()).isEqualTo(1000);
        assertThat(last().sentence()).contains("4.000", "4.020 at step 500");
        assertThat(last().remedy()).startsWith("It has levelled off");
    }

    @Test
    void undertrainedIsWhatHasLearnedNothing() {
        for (double bits : new double[] {7.9, 7.8, 7.7}) look(bits, 7.8);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        look(7.6, 7.7);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("1,000 steps", "7.60", "knowing nothing costs 8");
        assertThat(last().remedy()).contains("training.learningRate", "0.01");
        look(7.1, 7.1);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void undertrainedIsWhatEndedWhileItWasFalling() {
        look(6, 6, 0.3, 0.3);
        look(5.5, 5.6, 0.3, 0.6);
        look(5.44, 5.5, 0.3, 1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING, Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("5.440", "still falling: by 0.560 since step 250");
        assertThat(last().remedy()).contains("training.minutes");
        // Given more, it is learning again.
        look(5.3, 5.4, 0.3, 0.5);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void undertrainedIsWhatEndedBeforeAnythingCouldBeSeen() {
        look(5.9, 6, 0.3, 1);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("5.900", "after 250 steps, too few");
    }

    @Test
    void overfittingIsASteadyRiseWhileTrainingFalls() {
        look(4.100, 4.1);
        look(4.000, 4.0);
        look(4.005, 3.9);
        look(4.010, 3.8);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        look(4.015, 3.7);
        assertThat(last().verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(last().step()).isEqualTo(1250);
        assertThat(last().sentence())
                .contains("Since step 500", "rose by 0.015 to 4.015", "fell by 0.300 to 3.700");
        assertThat(last().remedy()).contains("best model is kept");
    }

    @Test
    void aRiseOfBothIsNoOverfitting() {
        for (int i = 0; i < 6; i++) look(4 + 0.01 * i, 3.8 + 0.01 * i);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
    }

    @Test
    void divergingIsASecondSetback() {
        look(6, 6);
        hear(new SteppedBack(260, 250, 0.5, "the loss rose"));
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        hear(new SteppedBack(270, 250, 0.25, "the loss rose"));
        assertThat(last().verdict()).isEqualTo(Verdict.DIVERGING);
        assertThat(last().sentence()).contains("2 times");
        assertThat(last().remedy()).contains("training.learningRate below 0.01");
        look(5.9, 5.9);
        assertThat(last().verdict()).isEqualTo(Verdict.DIVERGING);
        look(5.8, 5.8);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void divergingIsAGradientThatExplodes() {
        for (int i = 0; i < 4; i++) look(5 - 0.1 * i, 5, 0.3, 0.1);
        look(4.6, 5, 2.9, 0.1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        look(4.5, 5, 3.1, 0.1);
        assertThat(last().verdict()).isEqualTo(Verdict.DIVERGING);
        assertThat(last().sentence()).contains("rose to 3.1", "mostly 0.30");
    }

    @Test
    void aSetbackTakesBackTheLooksAfterIt() {
        look(6, 6);
        look(5.9, 5.9);
        look(5.8, 5.8);
        hear(new SteppedBack(800, 250, 0.5, "the loss rose"));
        step = 250;
        look(5.95, 5.9, 0.3, 1);
        assertThat(last().verdict()).isEqualTo(Verdict.UNDERTRAINED);
        assertThat(last().sentence()).contains("after 500 steps, too few");
    }

    @Test
    void aPlateauIsALongTimeWithoutGain() {
        look(5, 5);
        look(4.5, 4.5);
        for (int i = 1; i <= 7; i++) look(4.5 - 0.0005 * i, 4.4);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        look(4.496, 4.4);
        assertThat(last().verdict()).isEqualTo(Verdict.PLATEAU);
        assertThat(last().sentence()).contains("8 looks", "4.496", "4.500");
        look(4.4, 4.4);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);
    }

    @Test
    void levellingOffTowardsTheEndIsNoPlateau() {
        look(4.5, 4.5);
        for (int i = 1; i <= 10; i++) look(4.5 - 0.0001 * i, 4.4, 0.3, 0.85);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
    }

    @Test
    void aSilentCorpusIsSaidBeforeAnythingElse() {
        judge = judge(material(0.62, 0, tone()));
        hear(new Progress(10, 8, 1e-3, 1, 1000, 0.01, 60));
        assertThat(last().verdict()).isEqualTo(Verdict.SILENT_CORPUS);
        assertThat(last().step()).isEqualTo(10);
        assertThat(last().sentence()).contains("62 %");
        assertThat(last().remedy()).contains("data.trimDb");
        look(6, 6);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);

        judged.clear();
        judge = judge(material(0.49, 0.009, tone()));
        hear(new Progress(10, 8, 1e-3, 1, 1000, 0.01, 60));
        assertThat(judged).isEmpty();
    }

    @Test
    void clippingIsSaidBeforeAnythingElse() {
        judge = judge(material(0.1, 0.034, tone()));
        hear(new Progress(10, 8, 1e-3, 1, 1000, 0.01, 60));
        assertThat(last().verdict()).isEqualTo(Verdict.CLIPPING);
        assertThat(last().sentence()).contains("3.4 %");
    }

    @Test
    void noiseIsSaidOfTakesThatTheRecordingsAreUnlike() {
        look(6, 6);
        takes(0, 0.49);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        takes(0, 0.7);
        assertThat(last().verdict()).isEqualTo(Verdict.NOISE);
        assertThat(last().sentence()).contains("step 250", "0.70", "the recordings' 0.00");
        takes(0, 0.1);
        assertThat(last().verdict()).isEqualTo(Verdict.LEARNING);

        judged.clear();
        judge = judge(material(0, 0, noise()));
        look(6, 6);
        takes(0, 0.99);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
    }

    @Test
    void silenceIsSaidOfTakesThatTheRecordingsAreUnlike() {
        look(6, 6);
        takes(0.9, 0.1);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
        takes(0.95, 0.1);
        assertThat(last().verdict()).isEqualTo(Verdict.SILENCE);
        assertThat(last().sentence()).contains("step 250", "95 %");
        assertThat(last().remedy()).contains("training.coldStarts: 0.15 (now 0.0)");

        config = TrainConfig.parse("", Map.of("training.coldStarts", "0.2"));
        judge = judge(material(0, 0, tone()));
        look(6, 6);
        takes(0.95, 0.1);
        assertThat(last().verdict()).isEqualTo(Verdict.SILENCE);
        assertThat(last().remedy()).contains("more steps").doesNotContain("coldStarts");

        judged.clear();
        judge = judge(material(0.4, 0, new float[8192]));
        look(6, 6);
        takes(1, 0);
        assertThat(verdicts()).containsExactly(Verdict.LEARNING);
    }

    /// A sitting that goes on says nothing that the one before has said.
    @Test
    void whatWasHeardBeforeIsKnownAgain() {
        look(4.1, 4.1);
        look(4.00, 4.0);
        look(4.01, 3.9);
        look(4.02, 3.8);
        judged.clear();
        look(4.03, 3.7);
        assertThat(verdicts()).containsExactly(Verdict.OVERFITTING);
        hear(last());
        look(4.04, 3.6);
        assertThat(judged).hasSize(1);
    }

    @Test
    void theMaterialIsMeasuredWhereItIsLearnedFrom() {
        TrainConfig config = TinyRun.config();
        Dataset tones = TinyRun.periodic(config, 3, 1000);
        var spec = tones.spec(); // 16 levels, receptive field 15
        var levels = new int[spec.receptiveField() + 100];
        Arrays.fill(levels, 8); // silence, the lead-in too
        for (int t = 0; t < 20; t++) levels[spec.receptiveField() + t] = 15;
        for (int t = 20; t < 30; t++) levels[spec.receptiveField() + t] = 3;
        var recording = TinyRun.recording("a.wav", levels, new TreeSet<>());
        var data = new Dataset(spec, List.of(recording), tones.heldOut(), "");
        DatasetStatistics material =
                DatasetStatistics.of(data, Excerpt.loudest(tones.heldOut(), spec, 0.05).clip());
        assertThat(material.silentShare()).isEqualTo(0.7);
        assertThat(material.fullScaleShare()).isEqualTo(0.2);
        assertThat(material.real().silentShare()).isZero();
    }
}
