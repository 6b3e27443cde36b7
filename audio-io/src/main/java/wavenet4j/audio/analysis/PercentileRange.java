package wavenet4j.audio.analysis;

import org.hipparchus.stat.descriptive.rank.Percentile;

import java.util.Arrays;

/// Where the values of a set lie.
///
/// @param low the lower end
/// @param median the middle
/// @param high the upper end
public record PercentileRange(double low, double median, double high) {

    /// From the least value to the greatest.
    public static PercentileRange range(double... values) {
        return between(0, values);
    }

    /// Without a share of the values at either end: 5 is from the 5th to the 95th percentile.
    /// Values that are not numbers do not count; of none, all is not a number.
    ///
    /// @param percent left out at either end, 0 to 50
    public static PercentileRange between(double percent, double... values) {
        double[] numbers = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (numbers.length == 0) return new PercentileRange(Double.NaN, Double.NaN, Double.NaN);
        var percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(numbers);
        // The library's percentile 0 is no percentile.
        double low = percent == 0 ? numbers[0] : percentile.evaluate(percent);
        double high =
                percent == 0 ? numbers[numbers.length - 1] : percentile.evaluate(100 - percent);
        return new PercentileRange(low, percentile.evaluate(50), high);
    }

    /// Whether a value lies from the lower to the upper end; one that is not a number does not.
    public boolean holds(double value) {
        return value >= low && value <= high;
    }
}
