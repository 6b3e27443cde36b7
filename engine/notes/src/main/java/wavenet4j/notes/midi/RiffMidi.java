package wavenet4j.notes.midi;

import java.nio.ByteBuffer;

/// The wrapping of a MIDI file as RIFF, whose type is RMID.
final class RiffMidi {
    private static final byte[] RIFF = Chunks.name("RIFF");
    private static final byte[] RMID = Chunks.name("RMID");
    private static final byte[] DATA = Chunks.name("data");

    private RiffMidi() {}

    /// The MIDI file in the bytes, which are the file itself where they are no RIFF.
    static Chunks unwrapped(byte[] file) {
        var riff = new Chunks(ByteBuffer.wrap(file));
        if (!riff.isAt(0, RIFF) || !riff.isAt(Chunks.HEAD, RMID)) return riff;
        long at = Chunks.HEAD + 4;
        while (at + Chunks.HEAD <= file.length) {
            long start = at + Chunks.HEAD;
            // RIFF has the lower byte first, unlike MIDI.
            long length =
                    Integer.toUnsignedLong(Integer.reverseBytes(riff.bytes().getInt((int) at + 4)));
            if (riff.isAt(at, DATA)) {
                return new Chunks(
                        riff.content((int) start, (int) Math.min(start + length, file.length)));
            }
            at = start + length + (length & 1);
        }
        return riff;
    }
}
