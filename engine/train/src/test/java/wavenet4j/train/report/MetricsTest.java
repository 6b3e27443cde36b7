package wavenet4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.Verdict;

import java.util.List;
import java.util.Objects;

final class MetricsTest {
    private static Metrics metrics(TrainingEvent... events) {
        return Metrics.of(List.of(events));
    }

    private static TrainingEvent progress(long step, double bits) {
        return new TrainingEvent.Progress(step, bits, 1e-3, 0.5, 1000, 0.5, 60);
    }

    private static TrainingEvent evaluation(long step, double seconds, double bits) {
        return new TrainingEvent.Evaluated(step, seconds, bits, true);
    }

    private static TrainingEvent rollback(long from, long to) {
        return new TrainingEvent.RolledBack(from, to, 0.25, "the loss was <b>");
    }

    @Test
    void eventsGetTheirMoments() {
        TrainingEvent first = progress(10, 7.5);
        TrainingEvent second = progress(20, Double.NaN);
        TrainingEvent evaluation = evaluation(20, 90.5, 6.25);
        Metrics metrics =
                metrics(
                        first,
                        new TrainingEvent.MicroBatchHalved(10, 8, 4),
                        second,
                        evaluation,
                        new TrainingEvent.Saved(20),
                        rollback(24, 20));
        var ten = new Metrics.Moment(10, 10);
        var twenty = new Metrics.Moment(20, 20);
        assertThat(metrics.progress())
                .extracting(Metrics.Recorded::at, Metrics.Recorded::event)
                .containsExactly(tuple(ten, first), tuple(twenty, second));
        assertThat(metrics.evaluations())
                .extracting(Metrics.Recorded::at, Metrics.Recorded::event)
                .containsExactly(tuple(twenty, evaluation));
        assertThat(metrics.minutes(twenty)).isEqualTo(90.5 / 60);
        assertThat(metrics.marks())
                .containsExactly(
                        new Metrics.Mark(
                                ten,
                                "The memory did not suffice for 8 windows at once; training goes on"
                                        + " with 4 at a time."),
                        new Metrics.Mark(
                                new Metrics.Moment(24, 24),
                                "Rollback: the loss was <b>; training went back to step 20 and goes"
                                        + " on with 25 % of the learning rate."));
        assertThat(metrics.latest()).isEqualTo(new Metrics.Moment(20, 24));
    }

    @Test
    void theLatestDiagnosisHoldsAndChangesAreMarked() {
        var latest = new TrainingEvent.Diagnosed(11, Verdict.LEARNING, "Much better.", "Go on.");
        Metrics metrics =
                metrics(
                        new TrainingEvent.Diagnosed(5, Verdict.UNDERTRAINED, "Too early.", "Wait."),
                        new TrainingEvent.Diagnosed(9, Verdict.LEARNING, "Better.", "Go on."),
                        latest);
        assertThat(metrics.diagnosis()).isEqualTo(latest);
        assertThat(metrics.marks())
                .extracting(Metrics.Mark::text)
                .containsExactly(
                        "Diagnosis: undertrained. Too early.", "Diagnosis: learning. Better.");
    }

    @Test
    void whatARollbackUndidIsReplacedButTheBestStays() {
        Metrics metrics =
                metrics(
                        progress(10, 8),
                        evaluation(10, 10, 7),
                        progress(20, 6),
                        evaluation(20, 20, 5),
                        progress(30, 9),
                        rollback(35, 10),
                        progress(20, 6.5),
                        evaluation(20, 45, 6));
        assertThat(metrics.progress())
                .extracting(p -> p.at().step(), p -> p.event().bits())
                .containsExactly(tuple(10L, 8.0), tuple(20L, 6.5));
        assertThat(metrics.evaluations())
                .extracting(evaluation -> evaluation.event().bits())
                .containsExactly(7.0, 6.0);
        var best = Objects.requireNonNull(metrics.best());
        assertThat(best.at()).isEqualTo(new Metrics.Moment(20, 20));
        assertThat(best.event().bits()).isEqualTo(5);
        assertThat(metrics.latest()).isEqualTo(new Metrics.Moment(20, 45));
    }

    @Test
    void timePassesEvenlyBetweenEvaluations() {
        Metrics metrics = metrics(evaluation(10, 60, 7), rollback(20, 10), evaluation(20, 240, 6));
        assertThat(metrics.minutes(new Metrics.Moment(5, 5))).isCloseTo(0.5, within(1e-9));
        assertThat(metrics.minutes(new Metrics.Moment(20, 20))).isCloseTo(2.5, within(1e-9));
        assertThat(metrics.minutes(new Metrics.Moment(20, 30))).isCloseTo(4, within(1e-9));
        assertThat(metrics.minutes(new Metrics.Moment(30, 40))).isCloseTo(5.5, within(1e-9));
        assertThat(metrics(progress(10, 1)).minutes(new Metrics.Moment(10, 10))).isNaN();
    }

    @Test
    void aNumberThatIsNoneIsNoBest() {
        assertThat(metrics(evaluation(10, 60, Double.NaN)).best()).isNull();
        assertThat(metrics().best()).isNull();
        assertThat(metrics().diagnosis()).isNull();
    }
}
