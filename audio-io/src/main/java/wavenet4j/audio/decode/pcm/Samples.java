package wavenet4j.audio.decode.pcm;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.decode.internal.FileBytes;

/// Where the samples of a file lie.
///
/// @param start the offset of the first one
/// @param bytes those that are present
/// @param warning a defect of the declared size, or null
record Samples(long start, long bytes, @Nullable String warning) {
    /// Writers of streams declare about the most that a field of 32 bits holds, with or without its
    /// sign and the bytes of the header: ffmpeg 0xffffffff, arecord 0x80000000, SoX 0x7ffff000 in
    /// WAV and 0x7f000000 in AIFF.
    private static final long[] STREAMED = {0xffff_ffffL, 0x8000_0000L, 0x7fff_ffffL, 0x7f00_0000L};

    private static final long ABOUT = 4096;

    /// Beyond any file.
    private static final long STREAMED_64 = 1L << 62;

    /// The samples of a chunk: as many as declared or present, and all to the end of the file where
    /// the size is that of a stream or was never filled in.
    ///
    /// @param part that declares the size, for warnings
    /// @param start the offset of the first sample
    /// @param declared bytes of samples
    /// @param followed whether another chunk starts at `start`, so that there are no samples
    static Samples of(FileBytes file, String part, long start, long declared, boolean followed) {
        long present = Math.max(0, file.size() - start);
        boolean neverFilledIn = declared == 0 && !followed;
        if (neverFilledIn || isStreamed(declared)) return new Samples(start, present, null);
        if (declared > present) {
            String warning =
                    "is truncated: its %s declares %d bytes and %d are there"
                            .formatted(part, declared, present);
            return new Samples(start, present, warning);
        }
        return new Samples(start, declared, null);
    }

    /// Whether a size or length stands for an unknown one.
    static boolean isStreamed(long declared) {
        if (declared < 0 || declared >= STREAMED_64) return true;
        for (long most : STREAMED) {
            if (declared <= most && declared > most - ABOUT) return true;
        }
        return false;
    }
}
