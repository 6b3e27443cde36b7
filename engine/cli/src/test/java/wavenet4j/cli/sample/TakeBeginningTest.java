package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.distribution.Sampling;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Prime;
import wavenet4j.reference.ReferenceBackend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// After what a take begins, and which labels it has where none is given.
final class TakeBeginningTest {
    @TempDir Path folder;

    private Outcome sample(Model model, String out, String... options) throws IOException {
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        var args = new ArrayList<>(List.of("wavenet-sample", file.toString(), "--seconds=0.5"));
        args.addAll(List.of("--backend=reference", "--out=" + folder.resolve(out)));
        args.addAll(List.of(options));
        Outcome outcome = Outcome.of(args.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome;
    }

    private float[] sound(String wav) throws IOException {
        return AudioReader.read(folder.resolve(wav)).samples();
    }

    /// Excerpts that sound unlike each other and unlike silence.
    private static Model withExcerpts(String... labels) {
        var primes = new ArrayList<Prime>();
        for (int n = 0; n < 4; n++) {
            var levels = new int[16];
            for (int t = 0; t < levels.length; t++) levels[t] = (t * (n + 3) + 7 * n) % 64;
            primes.add(new Prime(labels.length == 0 ? Set.of() : Set.of(labels[n % 2]), levels));
        }
        return TinyModels.model(List.of(labels), ModelInfo.NONE.with(primes));
    }

    private static float[] expected(Model model, Take take, boolean afterExcerpt) {
        try (Generator generator = new ReferenceBackend().open(model, model.precision(), 1)) {
            generator.reset(take);
            int[] excerpt = model.prime(take);
            if (afterExcerpt) generator.prime(excerpt, 0, excerpt.length);
            var samples = new float[TinyModels.RATE / 2];
            generator.generate(samples, 0, samples.length);
            return samples;
        }
    }

    /// 16-bit PCM rounds.
    private static void assertSameSound(float[] wav, float[] expected) {
        assertThat(wav).hasSameSizeAs(expected);
        for (int t = 0; t < wav.length; t++) {
            assertThat(Math.abs(wav[t] - expected[t])).isLessThan(1f / 16_384);
        }
    }

    @Test
    void aTakeBeginsAfterAnExcerptThatIsNoPartOfIt() throws IOException {
        Model model = withExcerpts();
        Take take = Take.ofSeed(3);
        sample(model, "after.wav", "--seed=3");
        assertSameSound(sound("after.wav"), expected(model, take, true));
        Outcome silent = sample(model, "silence.wav", "--seed=3", "--from-silence");
        assertSameSound(sound("silence.wav"), expected(model, take, false));
        assertThat(sound("silence.wav")).isNotEqualTo(sound("after.wav"));
        assertThat(silent.err()).contains("--seed 3");
    }

    @Test
    void labelsThatNoneGaveAreDrawnAndPrinted() throws IOException {
        Model model = withExcerpts("kind=a", "kind=b");
        var drawn = new ArrayList<String>();
        for (int seed = 1; seed <= 8; seed++) {
            Outcome outcome = sample(model, "drawn.wav", "--seed=" + seed);
            String label = model.drawLabels(seed).iterator().next();
            assertThat(outcome.err()).contains(" --label " + label);
            drawn.add(label);
            float[] sound = sound("drawn.wav");
            sample(model, "given.wav", "--seed=" + seed, "--label=" + label);
            assertThat(sound("given.wav")).isEqualTo(sound);
            var take = new Take(seed, Sampling.DEFAULT, Set.of(label));
            assertSameSound(sound, expected(model, take, true));
        }
        assertThat(drawn).contains("kind=a", "kind=b");
        Outcome several = sample(model, "several.wav", "--seed=1", "--takes=3");
        assertThat(several.err()).contains(" --label " + String.join("/", drawn.subList(0, 3)));
        Outcome none = sample(model, "none.wav", "--seed=1", "--no-label");
        assertThat(none.err()).contains(" --no-label").doesNotContain("--label kind");
        assertSameSound(sound("none.wav"), expected(model, Take.ofSeed(1), true));
    }

    @Test
    void aTakeThatIsStuckIsNamedWithWhatHelps() throws IOException {
        // At temperature 0 a fresh network stays on its likeliest level.
        Outcome stuck = sample(withExcerpts(), "stuck.wav", "--temperature=0", "--from-silence");
        assertThat(stuck.err()).containsPattern("warning +the take .*; leave out --from-silence");
        Outcome after = sample(withExcerpts(), "stuck.wav", "--temperature=0");
        assertThat(after.err()).containsPattern("warning +the take .*; try another --seed");
    }
}
