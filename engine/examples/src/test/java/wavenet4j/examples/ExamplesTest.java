package wavenet4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.audio.testing.FakeLine;
import wavenet4j.backend.Backends;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.MuLaw;
import wavenet4j.distribution.Sampling;
import wavenet4j.live.LiveTake;
import wavenet4j.live.TakeStream;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.sound.sampled.LineUnavailableException;

/// Runs every example on a tiny network, and compares the sound with what the generator says when
/// it is asked directly.
final class ExamplesTest {
    private static final int RATE = 2000;
    private static final float ROUNDING =
            1 / 32768f; // to 16 bits, at full scale not to the nearest

    private static final ModelSpec SPEC =
            new ModelSpec(
                    RATE,
                    new Distribution.Categorical(256),
                    new DilatedConvolutions(8, 8, 16, 2, List.of(1, 2, 4)),
                    new SampleHead(16),
                    Conditioning.onLabels(List.of("voice=low", "voice=high"), 4));

    @TempDir Path folder;
    private Path file = Path.of("");
    private Model model = Model.initial(SPEC, 3);

    @BeforeEach
    void writeModel() throws IOException {
        file = folder.resolve("tiny.safetensors");
        model.save(file);
        model = Model.load(file);
    }

    private Generator generator(Take take) {
        Generator generator =
                Backends.fastest(model.spec()).backend().open(model, model.precision(), 1);
        generator.reset(take);
        return generator;
    }

    private float[] sound(Take take, int samples) {
        var sound = new float[samples];
        try (Generator generator = generator(take)) {
            generator.generate(sound, 0, samples);
        }
        return sound;
    }

    private static float[] read(Path wav) throws IOException {
        Clip clip = AudioReader.read(wav);
        assertThat(clip.sampleRate()).isEqualTo(RATE);
        return clip.samples();
    }

    private static void assertSame(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("sample %s", i).isCloseTo(expected[i], within(ROUNDING));
        }
    }

    @Test
    void writeFile() throws IOException {
        Path wav = folder.resolve("take.wav");
        WriteFile.main(new String[] {file.toString(), wav.toString()});
        var take = new Take(42, Sampling.DEFAULT, Set.of());
        assertSame(read(wav), sound(take, 10 * RATE));
    }

    @Test
    void playLive() throws IOException, LineUnavailableException {
        var fake = new FakeLine();
        try (var take = new LiveTake(generator(Take.ofSeed(42)), 30L * RATE);
                var sound = new TakeStream(take)) {
            PlayLive.play(take, sound, fake.line());
        }
        assertThat(fake.calls()).containsExactly("open", "start", "drain");
        byte[] played = fake.sound();
        assertThat(played).hasSize(2 * 30 * RATE);
        // Its first second is a take at temperature 0.7, its last goes on at 0.99.
        float[] calm = sound(new Take(42, new Sampling(0.7f, 0, 1), Set.of()), RATE);
        var first = new float[RATE];
        for (int i = 0; i < RATE; i++) first[i] = amplitude(played, i);
        assertSame(first, calm);
        var mulaw = new MuLaw(256);
        var levels = new int[30 * RATE];
        for (int i = 0; i < levels.length; i++) levels[i] = mulaw.encode(amplitude(played, i));
        var last = new int[RATE];
        try (var generator = generator(new Take(42, new Sampling(0.99f, 0, 1), Set.of()))) {
            generator.prime(levels, 0, 29 * RATE);
            generator.generate(last, 0, RATE);
        }
        assertThat(Arrays.copyOfRange(levels, 29 * RATE, 30 * RATE)).isEqualTo(last);
    }

    private static float amplitude(byte[] pcm, int sample) {
        return (short) ((pcm[2 * sample] & 0xff) | (pcm[2 * sample + 1] << 8)) / 32768f;
    }

    /// y(t) = x(t) + 0.5 y(t - 0.25 s), limited by the writer.
    @Test
    void tarsosEffect() throws IOException {
        Path wav = folder.resolve("echo.wav");
        TarsosEffect.main(new String[] {file.toString(), wav.toString()});
        float[] echoed = read(wav);
        float[] dry = sound(Take.ofSeed(42), 5 * RATE);
        assertThat(echoed).hasSameSizeAs(dry);
        var wet = dry.clone();
        int delay = RATE / 4;
        int compared = 0;
        for (int t = 0; t < wet.length; t++) {
            if (t >= delay) wet[t] += 0.5f * wet[t - delay];
            if (Math.abs(wet[t]) > 0.99) continue;
            compared++;
            assertThat(echoed[t]).as("sample %s", t).isCloseTo(wet[t], within(4 * ROUNDING));
        }
        assertThat(compared).isGreaterThan(dry.length / 2);
    }

    @Test
    void variations() throws IOException {
        Variations.main(new String[] {file.toString(), folder.toString()});
        var different = new HashSet<Integer>();
        for (int seed = 0; seed < 16; seed++) {
            float[] take = read(folder.resolve(seed + ".wav"));
            assertSame(take, sound(Take.ofSeed(seed), 2 * RATE));
            different.add(Arrays.hashCode(take));
        }
        assertThat(different).hasSize(16);
    }

    /// The first second is the one voice alone; the last goes on as the other voice alone would.
    @Test
    void morph() throws IOException {
        Path wav = folder.resolve("morph.wav");
        Morph.main(new String[] {file.toString(), "voice=low", "voice=high", wav.toString()});
        float[] sound = read(wav);
        var low = new Take(42, Sampling.DEFAULT, Set.of("voice=low"));
        var high = new Take(42, Sampling.DEFAULT, Set.of("voice=high"));
        assertThat(sound).hasSize(4 * RATE);
        assertSame(Arrays.copyOf(sound, RATE), sound(low, RATE));

        int[] levels = new MuLaw(256).encode(sound);
        int[] onlyHigh = goingOn(high, levels, 3 * RATE + RATE / 10);
        int[] onlyLow = goingOn(low, levels, 3 * RATE + RATE / 10);
        int[] end = Arrays.copyOfRange(levels, levels.length - onlyHigh.length, levels.length);
        assertThat(end).isEqualTo(onlyHigh).isNotEqualTo(onlyLow);
    }

    private int[] goingOn(Take take, int[] levels, int from) {
        var rest = new int[levels.length - from];
        try (Generator generator = generator(take)) {
            generator.prime(levels, 0, from);
            generator.generate(rest, 0, rest.length);
        }
        return rest;
    }
}
