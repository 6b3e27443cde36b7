package wavenet4j.audio.decode.pcm;

/// The telephone codes of ITU-T G.711, one byte a sample, as amplitudes in (-1, 1).
final class G711 {
    private G711() {}

    /// Inverted sign, three bits of segment, four of interval; a 14-bit scale with a bias of 33.
    static double muLaw(byte code) {
        int bits = ~code & 0xff;
        int magnitude = ((2 * (bits & 0xf) + 33) << ((bits >> 4) & 7)) - 33;
        return ((bits & 0x80) != 0 ? -magnitude : magnitude) * 0x1p-13;
    }

    /// Even bits inverted, sign set for positive; a 13-bit scale.
    static double aLaw(byte code) {
        int bits = (code ^ 0x55) & 0xff;
        int segment = (bits >> 4) & 7;
        int magnitude = 2 * (bits & 0xf) + 1;
        if (segment > 0) magnitude = (magnitude + 32) << (segment - 1);
        return ((bits & 0x80) != 0 ? magnitude : -magnitude) * 0x1p-12;
    }
}
