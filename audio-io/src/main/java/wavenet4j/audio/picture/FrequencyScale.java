package wavenet4j.audio.picture;

import java.util.ArrayList;
import java.util.List;

/// How the frequency axis of a spectrogram runs.
public enum FrequencyScale {
    /// From 0 Hz, every hertz as tall as the next.
    LINEAR {
        @Override
        double lowest(double highest) {
            return 0;
        }

        @Override
        double hertz(double height, double lowest, double highest) {
            return lowest + height * (highest - lowest);
        }

        @Override
        double height(double hertz, double lowest, double highest) {
            return (hertz - lowest) / (highest - lowest);
        }

        @Override
        List<Double> ticks(double lowest, double highest) {
            return AxisTicks.between(lowest, highest, 8);
        }
    },

    /// Every octave as tall as the next, as the ear hears.
    LOGARITHMIC {
        @Override
        double lowest(double highest) {
            return Math.min(50, highest / 100);
        }

        @Override
        double hertz(double height, double lowest, double highest) {
            return lowest * Math.pow(highest / lowest, height);
        }

        @Override
        double height(double hertz, double lowest, double highest) {
            return Math.log(hertz / lowest) / Math.log(highest / lowest);
        }

        @Override
        List<Double> ticks(double lowest, double highest) {
            List<Double> ticks = new ArrayList<>();
            for (double decade = 1; decade <= highest; decade *= 10) {
                for (int digit : new int[] {1, 2, 5}) {
                    double tick = digit * decade;
                    if (tick >= lowest && tick <= highest) ticks.add(tick);
                }
            }
            return ticks;
        }
    };

    /// Where the axis starts that ends at `highest`, in Hz.
    abstract double lowest(double highest);

    /// The frequency at a height from 0, the bottom, to 1.
    abstract double hertz(double height, double lowest, double highest);

    /// The inverse of `hertz`.
    abstract double height(double hertz, double lowest, double highest);

    /// Round frequencies to label.
    abstract List<Double> ticks(double lowest, double highest);
}
