package wavenet4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.distribution.Distribution;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingEvent.Progress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

final class CurvesTest {
    private static Curves curves(List<TrainingEvent> events) {
        return Curves.of(Metrics.of(events), new Distribution.Categorical(256));
    }

    @Test
    void aShortRunIsDrawnPointByPoint() {
        Curves curves =
                curves(
                        List.of(
                                new Progress(10, 7.5, 0.002, 0.25, 1000.5, 0.5, 60),
                                new Progress(20, Double.NaN, 0.001, 1e30, 2000.5, 1, 0),
                                new TrainingEvent.Evaluated(20, 60, 6.25, true)));
        assertThat(curves.uniformBits()).isEqualTo(8);
        assertThat(curves.training().step()).containsExactly(10L, 20L);
        assertThat(curves.training().minute()).containsExactly(0.5, 1.0);
        assertThat(curves.training().bits().mean()).containsExactly(7.5, null);
        assertThat(curves.training().bits().least()).containsExactly(7.5, null);
        assertThat(curves.training().bits().most()).containsExactly(7.5, null);
        assertThat(curves.training().rate().mean()).containsExactly(0.002, 0.001);
        assertThat(curves.training().norm().mean()).containsExactly(0.25, 1e30);
        assertThat(curves.training().speed().mean()).containsExactly(1000.5, 2000.5);
        assertThat(curves.heldOut().step()).containsExactly(20L);
        assertThat(curves.heldOut().minute()).containsExactly(1.0);
        assertThat(curves.heldOut().bits()).containsExactly(6.25);
        assertThat(curves.best()).isEqualTo(new Curves.Point(20, 1.0, 6.25));
    }

    /// A million steps: few points, in which the mean of all and every spike are still there.
    @Test
    void aLongRunIsThinnedWithoutHidingAnything() {
        int lines = 100_000;
        var events = new ArrayList<TrainingEvent>();
        double sum = 0;
        for (int i = 1; i <= lines; i++) {
            double bits = i == 77_777 ? 11.5 : i == 55_555 ? 0.5 : 4 + Math.sin(i * 0.37);
            sum += bits;
            events.add(new Progress(10L * i, bits, 0.001, Double.NaN, 1000, 0.5, 60));
        }
        Curves curves = curves(events);
        List<Long> steps = curves.training().step();
        Curves.Range bits = curves.training().bits();
        assertThat(steps).hasSize(Curves.MOST_POINTS).isSorted().endsWith(10L * lines);
        assertThat(bits.mean()).hasSameSizeAs(steps);
        double mean = bits.mean().stream().mapToDouble(m -> m).average().orElseThrow();
        assertThat(mean).isCloseTo(sum / lines, within(1e-5));
        assertThat(Collections.max(bits.most())).isEqualTo(11.5);
        assertThat(Collections.min(bits.least())).isEqualTo(0.5);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(bits.mean().get(i)).isBetween(bits.least().get(i), bits.most().get(i));
        }
        // The spike stands where it was.
        int at = bits.most().indexOf(11.5);
        assertThat(steps.get(at - 1)).isLessThan(777_770);
        assertThat(steps.get(at)).isGreaterThanOrEqualTo(777_770);
        assertThat(curves.training().norm().mean()).containsOnlyNulls();
    }

    @Test
    void nothingIsDrawnOfARunThatJustBegan() {
        Curves curves = curves(List.of());
        assertThat(curves.training().step()).isEmpty();
        assertThat(curves.best()).isNull();
        assertThat(curves.marks()).isEmpty();
    }
}
