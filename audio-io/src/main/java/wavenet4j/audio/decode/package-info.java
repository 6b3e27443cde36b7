/// Decoders of audio files: WAV, FLAC, MP3, Ogg Vorbis, and the formats of `javax.sound.sampled`.
@NullMarked
package wavenet4j.audio.decode;

import org.jspecify.annotations.NullMarked;
