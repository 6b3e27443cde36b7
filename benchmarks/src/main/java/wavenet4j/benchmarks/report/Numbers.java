package wavenet4j.benchmarks.report;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Number formats of the report.
final class Numbers {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final double NOTHING = 0.005;

    private Numbers() {}

    /// Three significant digits, such as `12,300`, `1.23` and `0.01`; `0` below 0.005, and `–` if
    /// not finite.
    static String significant(double value) {
        if (!Double.isFinite(value)) return "–";
        if (Math.abs(value) < NOTHING) return "0";
        var rounded = new BigDecimal(value).round(THREE_DIGITS);
        int decimals = Math.clamp(rounded.stripTrailingZeros().scale(), 0, 2);
        return ("%,." + decimals + "f").formatted(rounded);
    }

    /// The score with its error, such as `12,300 ± 4 %`.
    static String withError(Measurement measurement) {
        @Nullable Double error = measurement.error();
        String score = significant(measurement.score());
        return error == null
                ? score
                : score + " ± " + significant(Math.ceil(100 * error / measurement.score())) + " %";
    }

    /// A share such as `45 %`; `–` if the whole is unknown.
    static String share(double part, double whole) {
        return whole > 0 ? "%.0f %%".formatted(100 * part / whole) : "–";
    }
}
