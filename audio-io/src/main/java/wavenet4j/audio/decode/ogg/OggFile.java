package wavenet4j.audio.decode.ogg;

import wavenet4j.audio.decode.internal.AudioDecoder;
import wavenet4j.audio.decode.internal.FileBytes;

import java.io.IOException;

/// An Ogg file: its codec is that of the first stream that can be decoded.
public final class OggFile {
    private OggFile() {}

    /// Reads the headers.
    ///
    /// @throws IOException when they cannot be read, or no stream can be decoded
    public static AudioDecoder open(FileBytes file) throws IOException {
        OggPages pages = new OggPages(file);
        String other = "";
        while (pages.next() && pages.startsStream()) {
            String magic = pages.magic();
            if (magic.startsWith(VorbisDecoder.MAGIC)) return new VorbisDecoder(pages);
            if (magic.startsWith(OpusFile.MAGIC)) return new OpusFile(pages);
            if (magic.startsWith(OggFlac.MAGIC)) return new OggFlac(pages);
            other =
                    magic.startsWith("Speex")
                            ? "Speex"
                            : magic.startsWith("\200theora") ? "video" : "something else";
        }
        throw file.problem(
                other.isEmpty()
                        ? "is a damaged Ogg file; copy it again"
                        : "is an Ogg file of %s, not of Vorbis, Opus or FLAC; convert it to FLAC"
                                .formatted(other));
    }
}
