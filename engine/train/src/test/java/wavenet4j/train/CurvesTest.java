package wavenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

final class CurvesTest {
    @TempDir Path temporary;

    private Curves curves(CharSequence lines) throws IOException {
        Path file = Files.writeString(temporary.resolve("metrics.jsonl"), lines);
        return Curves.of(Metrics.read(file), new Output.Categorical(256));
    }

    @Test
    void aShortRunIsDrawnPointByPoint() throws IOException {
        Curves curves =
                curves(
                        """
                        {"event":"progress","step":10,"bits":7.5,"rate":0.002,"norm":0.25,"samplesPerSecond":1000.5}
                        {"event":"progress","step":20,"bits":"NaN","rate":0.001,"norm":1e30,"samplesPerSecond":2000.5}
                        {"event":"validated","step":20,"seconds":60,"bits":6.25,"best":true}
                        """);
        assertThat(curves.knowingNothing()).isEqualTo(8);
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
    void aLongRunIsThinnedWithoutHidingAnything() throws IOException {
        int lines = 100_000;
        var text = new StringBuilder();
        double sum = 0;
        for (int i = 1; i <= lines; i++) {
            double bits = i == 77_777 ? 11.5 : i == 55_555 ? 0.5 : 4 + Math.sin(i * 0.37);
            sum += bits;
            text.append("{\"event\":\"progress\",\"step\":").append(10 * i);
            text.append(",\"bits\":").append(bits).append("}\n");
        }
        Curves curves = curves(text);
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
    void nothingIsDrawnOfARunThatJustBegan() throws IOException {
        Curves curves = curves("");
        assertThat(curves.training().step()).isEmpty();
        assertThat(curves.best()).isNull();
        assertThat(curves.marks()).isEmpty();
    }
}
