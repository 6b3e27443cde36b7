package wavenet4j.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.train.testing.TinyRun;

final class LearningRateScheduleTest {
    private static LearningRateSchedule schedule(String... settings) {
        return new LearningRateSchedule(TinyRun.config(settings).training().schedule());
    }

    @Test
    void progressIsByStepsByMinutesOrByWhicheverIsFurther() {
        LearningRateSchedule bySteps = schedule("training.steps=200", "training.minutes=0");
        assertThat(bySteps.progress(50, 1e9)).isEqualTo(0.25);
        LearningRateSchedule byTime = schedule("training.steps=0", "training.minutes=10");
        assertThat(byTime.progress(1_000_000, 60)).isEqualTo(0.1, within(1e-12));
        LearningRateSchedule either = schedule("training.steps=200", "training.minutes=10");
        assertThat(either.progress(50, 60)).isEqualTo(0.25);
        assertThat(either.progress(50, 300)).isEqualTo(0.5);
        assertThat(either.progress(300, 60)).isEqualTo(1);
    }

    @Test
    void rateRisesThenFallsAlongACosine() {
        LearningRateSchedule schedule =
                schedule(
                        "training.steps=1000",
                        "training.learningRate=0.5",
                        "training.warmupSteps=10",
                        "training.finalRate=0.2");
        assertThat(schedule.rate(0, 0)).isCloseTo(0.05, within(1e-6));
        assertThat(schedule.rate(9, 0)).isCloseTo(0.5, within(1e-3));
        assertThat(schedule.rate(500, 0)).isCloseTo(0.3, within(1e-12));
        assertThat(schedule.rate(1000, 0)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void withoutWarmupTheFirstStepHasTheWholeRate() {
        LearningRateSchedule schedule =
                schedule("training.warmupSteps=0", "training.learningRate=0.5");
        assertThat(schedule.rate(0, 0)).isEqualTo(0.5);
    }
}
