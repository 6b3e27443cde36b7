package wavenet4j.audio.picture;

import java.util.ArrayList;
import java.util.List;

/// Round tick values of axes.
final class AxisTicks {
    private AxisTicks() {}

    /// Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, at most about `most` of
    /// them.
    static List<Double> between(double low, double high, int most) {
        double step = step((high - low) / most);
        List<Double> ticks = new ArrayList<>();
        // Multiplied, so that rounding errors do not accumulate.
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * power >= least) return digit * power;
        }
        return 10 * power;
    }
}
