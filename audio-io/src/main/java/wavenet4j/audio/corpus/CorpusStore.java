package wavenet4j.audio.corpus;

import org.jspecify.annotations.Nullable;

import wavenet4j.audio.AudioHeader;
import wavenet4j.audio.Clip;
import wavenet4j.audio.corpus.Corpus.Kept;
import wavenet4j.audio.corpus.Corpus.LeftOut;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Where a scan keeps what it makes of each recording, and finds what an earlier scan made of it.
///
/// @param <T> what is stored of each recording
public interface CorpusStore<T> {
    /// What a scan made of a recording.
    sealed interface Found<T> {
        /// It is used.
        record Used<T>(Kept<T> recording) implements Found<T> {}

        /// It is not used.
        record NotUsed<T>(LeftOut why) implements Found<T> {}
    }

    /// The header of that file as an earlier scan read it; null where it is to be read.
    @Nullable AudioHeader header(AudioFile file);

    /// Called once, before any recording.
    ///
    /// @param sampleRate to which recordings are resampled, in Hz
    /// @param files all that follow, in their order
    void begin(int sampleRate, List<AudioFile> files) throws IOException;

    /// What an earlier scan made of that recording; null where it is to be read.
    @Nullable Found<T> find(AudioFile file) throws IOException;

    /// Keeps a recording.
    ///
    /// @param header null where it was not read
    Kept<T> keep(AudioFile file, @Nullable AudioHeader header, Kept<Clip> recording)
            throws IOException;

    /// Notes that a recording is left out.
    ///
    /// @param header null where it was not read, or could not be
    void leaveOut(AudioFile file, @Nullable AudioHeader header, LeftOut why) throws IOException;

    /// Keeps the value of `keep` of each recording in memory, and finds nothing.
    static <T> CorpusStore<T> inMemory(Function<Clip, T> keep) {
        return new CorpusStore<>() {
            @Override
            public @Nullable AudioHeader header(AudioFile file) {
                return null;
            }

            @Override
            public void begin(int sampleRate, List<AudioFile> files) {}

            @Override
            public @Nullable Found<T> find(AudioFile file) {
                return null;
            }

            @Override
            public Kept<T> keep(
                    AudioFile file, @Nullable AudioHeader header, Kept<Clip> recording) {
                return recording.map(keep);
            }

            @Override
            public void leaveOut(AudioFile file, @Nullable AudioHeader header, LeftOut why) {}
        };
    }
}
