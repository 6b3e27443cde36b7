package wavenet4j.audio.out;

/// Conversion of amplitudes to 16-bit integers.
final class Pcm16 {
    private Pcm16() {}

    /// The nearest 16-bit integer to an amplitude; clipped to [-1, 1], NaN becomes 0.
    static short of(float sample) {
        return (short) Math.clamp(Math.round(sample * 32768.0), -32768L, 32767L);
    }
}
