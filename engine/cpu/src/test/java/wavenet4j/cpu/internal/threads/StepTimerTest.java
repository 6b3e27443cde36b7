package wavenet4j.cpu.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepTimerTest {
    private static final int TICKS = 200_000;
    private static final long ALONE = 40_000; // ns a tick

    private final StepTimer pace = new StepTimer();

    @Test
    void goesTogetherWhereThatIsFaster() {
        assertThat(run(20_000)).isGreaterThan(0.97);
    }

    @Test
    void goesAloneWhereTheOtherIsLate() {
        assertThat(run(3_000_000)).isLessThan(0.001);
    }

    /// A time slice a tick is noticed within some ticks, not at the end of a period.
    @Test
    void noticesWithinAFewTicksThatTheOtherLostItsCore() {
        run(20_000);
        int late = 0;
        for (int tick = 0; tick < 1000; tick++) {
            if (!pace.alone()) late++;
            pace.took(pace.alone() ? ALONE : 3_000_000);
        }
        assertThat(late).isLessThan(150);
        run(3_000_000);
        assertThat(run(20_000)).as("and that it has one again").isGreaterThan(0.8);
    }

    /// The share of the ticks that went together.
    private double run(long together) {
        int count = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            boolean alone = pace.alone();
            if (!alone) count++;
            pace.took(alone ? ALONE : together);
        }
        return (double) count / TICKS;
    }
}
