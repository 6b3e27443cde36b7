package wavenet4j.audio.out;

/// Amplitudes as 16-bit integers.
final class Pcm16 {
    private Pcm16() {}

    /// The nearest integer to an amplitude of [-1, 1]; what lies outside is limited, what is not a
    /// number becomes silence.
    static short of(float sample) {
        return (short) Math.clamp(Math.round(sample * 32768.0), -32768L, 32767L);
    }
}
