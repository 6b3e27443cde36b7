package wavenet4j.audio.analysis;

import org.hipparchus.stat.descriptive.rank.Percentile;

import java.util.Arrays;

/// The range of a set of values, without a share of outliers.
///
/// @param low the lower percentile
/// @param median the 50th percentile
/// @param high the upper percentile
public record PercentileRange(double low, double median, double high) {

    /// The range from minimum to maximum; NaN if no value is finite.
    public static PercentileRange full(double... values) {
        return trimmed(0, values);
    }

    /// The range from the `percent`-th to the `100 - percent`-th percentile. Values that are not
    /// finite are ignored; NaN if none is finite.
    ///
    /// @param percent left out at each end, 0 to 50
    public static PercentileRange trimmed(double percent, double... values) {
        double[] numbers = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (numbers.length == 0) return new PercentileRange(Double.NaN, Double.NaN, Double.NaN);
        var percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
        percentile.setData(numbers);
        // The library rejects percentile 0.
        double low = percent == 0 ? numbers[0] : percentile.evaluate(percent);
        double high =
                percent == 0 ? numbers[numbers.length - 1] : percentile.evaluate(100 - percent);
        return new PercentileRange(low, percentile.evaluate(50), high);
    }

    /// Whether `low <= value <= high`; false for NaN.
    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
