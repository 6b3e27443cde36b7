package wavenet4j.train.data;

import wavenet4j.audio.decode.AudioReader;
import wavenet4j.audio.out.WavWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// A small corpus that needs no download: twelve simple tunes over broken chords, composed from a
/// seed and played by the synthesizer that comes with Java.
public final class DemoCorpus {
    private static final int FILES = 12;
    private static final int SAMPLE_RATE = 16_000;
    private static final int TICKS_PER_BEAT = 480;
    private static final int BARS = 8;
    private static final int BEATS_PER_BAR = 4;
    private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11}; // major, in semitones
    private static final int[] CHORD_ROOTS = {0, 3, 4, 5}; // the degrees that accompany well

    private DemoCorpus() {}

    /// Makes the recordings, unless they are there.
    ///
    /// @param folder to make them in; created where it is missing
    /// @return that folder
    /// @throws IOException when they cannot be played or written
    public static Path render(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < FILES; i++) {
            Path file = folder.resolve("tune-%02d.wav".formatted(i + 1));
            if (!Files.exists(file)) play(tune(new Random(i)), file);
        }
        return folder;
    }

    /// The synthesizer is reached as the reader of MIDI files that it registers with Java's sound
    /// system, which plays them into a stream.
    private static void play(Sequence tune, Path file) throws IOException {
        String name = "." + file.getFileName();
        Path midi = file.resolveSibling(name + ".mid");
        Path played = file.resolveSibling(name + ".played");
        try {
            MidiSystem.write(tune, 1, midi.toFile());
            try (AudioInputStream audio = AudioSystem.getAudioInputStream(midi.toFile())) {
                AudioSystem.write(audio, AudioFileFormat.Type.WAVE, played.toFile());
            } catch (UnsupportedAudioFileException e) {
                throw new IOException(
                        "this Java has no synthesizer; train on recordings of your own", e);
            }
            WavWriter.save(AudioReader.read(played, SAMPLE_RATE), file);
        } finally {
            Files.deleteIfExists(midi);
            Files.deleteIfExists(played);
        }
    }

    /// Eight bars: a chord broken into eighths below, a tune that walks in steps above.
    private static Sequence tune(Random random) {
        try {
            var sequence = new Sequence(Sequence.PPQ, TICKS_PER_BEAT);
            Track track = sequence.createTrack();
            int key = 55 + random.nextInt(10);
            int degree = 7;
            for (int bar = 0; bar < BARS; bar++) {
                int root = bar == BARS - 1 ? 0 : CHORD_ROOTS[random.nextInt(CHORD_ROOTS.length)];
                for (int eighth = 0; eighth < 2 * BEATS_PER_BAR; eighth++) {
                    int tone = root + 2 * new int[] {0, 1, 2, 1}[eighth % 4];
                    note(track, pitch(key - 12, tone), 2 * BEATS_PER_BAR * bar + eighth, 1, 60);
                }
                for (int beat = 0; beat < BEATS_PER_BAR; ) {
                    int beats = 1 + random.nextInt(2);
                    degree = Math.clamp(degree + random.nextInt(5) - 2, 3, 11);
                    int start = 2 * (BEATS_PER_BAR * bar + beat);
                    note(track, pitch(key, degree), start, 2 * beats, 90);
                    beat += beats;
                }
            }
            return sequence;
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException("a note outside MIDI's range", e);
        }
    }

    private static int pitch(int key, int degree) {
        return key + 12 * (degree / SCALE.length) + SCALE[degree % SCALE.length];
    }

    /// @param start in eighths, as is `length`
    private static void note(Track track, int pitch, int start, int length, int velocity)
            throws InvalidMidiDataException {
        int eighth = TICKS_PER_BEAT / 2;
        var on = new ShortMessage(ShortMessage.NOTE_ON, 0, pitch, velocity);
        var off = new ShortMessage(ShortMessage.NOTE_OFF, 0, pitch, 0);
        track.add(new MidiEvent(on, (long) start * eighth));
        track.add(new MidiEvent(off, (long) (start + length) * eighth));
    }
}
