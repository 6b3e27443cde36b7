package wavenet4j.audio.picture;

import java.util.ArrayList;
import java.util.List;

/// The scale of the frequency axis of a spectrogram.
public enum FrequencyScale {
    /// Proportional to frequency, from 0 Hz.
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

    /// Proportional to the logarithm of frequency, from 50 Hz or 1/100 of the highest.
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

    /// The lowest frequency of an axis up to `highest`, in Hz.
    abstract double lowest(double highest);

    /// The frequency in Hz at a height from 0 (bottom) to 1.
    abstract double hertz(double height, double lowest, double highest);

    /// The height of a frequency; the inverse of `hertz`.
    abstract double height(double hertz, double lowest, double highest);

    /// Round frequencies to label, in Hz.
    abstract List<Double> ticks(double lowest, double highest);
}
