package wavenet4j.info;

import wavenet4j.distribution.Sampling;

/// How to draw samples where nothing else is asked for.
///
/// @param temperature at which takes come nearest to the recordings, from 0 to 100
public record SamplingDefaults(float temperature) {
    public SamplingDefaults {
        new Sampling(temperature, 0, 1); // checks the range
    }

    /// Draws at this temperature from all levels.
    public Sampling sampling() {
        return new Sampling(temperature, 0, 1);
    }
}
