package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import java.util.HashSet;
import java.util.List;

/// Short takes that are generated during the training.
///
/// @param every steps between previews, and at the end; 0 for none
/// @param seconds the length of each take
/// @param temperatures of the takes, one each
public record PreviewConfig(int every, double seconds, List<Double> temperatures) {
    private static final int MOST_TAKES = 16;

    /// Checks the ranges.
    public PreviewConfig {
        require(every >= 0, "training.previews.every", every, "at least 0");
        require(
                seconds > 0 && seconds <= 60,
                "training.previews.seconds",
                seconds,
                "above 0 and at most 60");
        require(
                areDistinct(temperatures),
                "training.previews.temperatures",
                temperatures,
                "1 to 16 numbers from 0 to 100, each another in its first two decimals");
        temperatures = List.copyOf(temperatures);
    }

    /// Whether they give the takes' files, which are named by two decimals, different names.
    private static boolean areDistinct(List<Double> temperatures) {
        if (temperatures.isEmpty() || temperatures.size() > MOST_TAKES) return false;
        var hundredths = new HashSet<Long>();
        for (Double t : temperatures) {
            if (t == null || !(t >= 0 && t <= 100)) return false;
            if (!hundredths.add(Math.round(100 * t))) return false;
        }
        return true;
    }
}
