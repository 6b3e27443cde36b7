package wavenet4j.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.MuLaw;
import wavenet4j.info.ModelInfo;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

final class EvalCommandTest {
    @TempDir Path folder;
    private Path data = Path.of("");

    @BeforeEach
    void writeRecordings() throws IOException {
        data = folder.resolve("data");
        TinyModels.write(data.resolve("a.wav"), TinyModels.tone(200, 1500));
        TinyModels.write(data.resolve("b.wav"), TinyModels.tone(310, 900));
    }

    private Path save(ModelInfo info) throws IOException {
        Path file = folder.resolve("model.safetensors");
        TinyModels.model(List.of(), info).save(file);
        return file;
    }

    private Outcome eval(Path model, String... options) {
        var args =
                new ArrayList<>(
                        List.of(
                                "wavenet-eval",
                                model.toString(),
                                "--data=" + data,
                                "--backend=reference"));
        args.addAll(List.of(options));
        return Outcome.of(args.toArray(String[]::new));
    }

    /// The sum over samples of log2(sum of exp) - logit, each position computed by a generator that
    /// is fed everything before it afresh.
    private double bits(Path model, String name, int first, int tail) throws IOException {
        Model net = Model.load(model);
        float[] samples = AudioReader.read(data.resolve(name)).samples();
        var mulaw = new MuLaw(64);
        var levels = new int[samples.length + tail];
        Arrays.fill(levels, 32);
        for (int t = 0; t < samples.length; t++) levels[t] = mulaw.encode(samples[t]);
        double bits = 0;
        var logits = new float[64];
        for (int t = first; t < levels.length; t++) {
            try (Generator fresh = new ReferenceBackend().open(net, Precision.FLOAT32, 1)) {
                fresh.prime(levels, Math.max(0, t - net.spec().receptiveField()), t);
                fresh.outputs(logits);
            }
            double sum = 0;
            for (float logit : logits) sum += Math.exp(logit);
            bits -= Math.log(Math.exp(logits[levels[t]]) / sum) / Math.log(2);
        }
        return bits;
    }

    private static double cell(Outcome outcome, String row) {
        return cell(outcome, row, 0);
    }

    private static double cell(Outcome outcome, String row, int column) {
        return outcome.text()
                .lines()
                .filter(line -> line.endsWith("  " + row))
                .mapToDouble(line -> Double.parseDouble(line.strip().split(" +", 4)[column]))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "no row " + row + " in " + outcome.text() + outcome.err()));
    }

    @Test
    void itEqualsAnIndependentSum() throws IOException {
        Path model = save(ModelInfo.NONE);
        Outcome outcome = eval(model);
        int field = 16;
        assertThat(Model.load(model).spec().receptiveField()).isEqualTo(field);
        double a = bits(model, "a.wav", field, 0);
        double b = bits(model, "b.wav", field, 0);
        assertThat(cell(outcome, "a.wav")).isCloseTo(a / (1500 - field), within(1e-4));
        assertThat(cell(outcome, "b.wav")).isCloseTo(b / (900 - field), within(1e-4));
        assertThat(cell(outcome, "in all")).isCloseTo((a + b) / (2400 - 2 * field), within(1e-4));
    }

    /// Each sample of a level costs on top what tells it from the other values of the level.
    @Test
    void samplesOf16BitsCostMore() throws IOException {
        Path model = save(ModelInfo.NONE);
        var mulaw = new MuLaw(64);
        float[] samples = AudioReader.read(data.resolve("b.wav")).samples();
        double within = 0;
        for (int t = 16; t < samples.length; t++) {
            int level = mulaw.encode(samples[t]);
            int values = 0;
            for (int value = -32768; value < 32768; value++) {
                if (mulaw.encode(value / 32768f) == level) values++;
            }
            within += Math.log(values) / Math.log(2);
        }
        Outcome outcome = eval(model);
        assertThat(cell(outcome, "b.wav", 1))
                .isCloseTo(cell(outcome, "b.wav") + within / (samples.length - 16), within(2e-4));
    }

    @Test
    void aMixtureIsScoredOn16BitSamples() throws IOException {
        Path file = folder.resolve("mixture.safetensors");
        var output = new Distribution.LogisticMixture(3);
        Model net = TinyModels.model(output, List.of(), ModelInfo.NONE);
        net.save(file);
        int[] levels = output.quantizer().encode(AudioReader.read(data.resolve("b.wav")).samples());
        double nats = 0;
        var outputs = new float[9];
        try (Generator generator = new ReferenceBackend().open(net, Precision.FLOAT32, 1)) {
            generator.prime(levels, 0, 16);
            for (int t = 16; t < levels.length; t++) {
                generator.outputs(outputs);
                nats -= output.logProbability(outputs, levels[t]);
                generator.prime(levels, t, t + 1);
            }
        }
        Outcome outcome = eval(file);
        assertThat(cell(outcome, "b.wav"))
                .isCloseTo(nats / Math.log(2) / (levels.length - 16), within(1e-4))
                .isEqualTo(cell(outcome, "b.wav", 1));
    }

    @Test
    void withALeadInEverySampleCountsAndSilenceFollows() throws IOException {
        Path model = save(TinyModels.preprocessed(false, true, 0.05));
        int tail = TinyModels.RATE / 20;
        double b = bits(model, "b.wav", 0, tail);
        assertThat(cell(eval(model), "b.wav")).isCloseTo(b / (900 + tail), within(1e-4));
    }

    @Test
    void heldOutFilesAreScoredAlone() throws IOException {
        Outcome outcome = eval(save(TinyModels.heldOut("b.wav")), "--held-out");
        assertThat(outcome.text()).contains("b.wav").doesNotContain("a.wav");
        assertThat(cell(outcome, "in all")).isEqualTo(cell(outcome, "b.wav"));
    }

    @Test
    void problemsAreOneSentence() throws IOException {
        assertThat(eval(save(ModelInfo.NONE), "--held-out").err())
                .contains("does not say which recordings");
        assertThat(eval(save(TinyModels.heldOut("c.wav")), "--held-out").err())
                .contains("has no file c.wav");
        assertThat(eval(save(TinyModels.heldOut("../x.wav")), "--held-out").err())
                .contains("has no file ../x.wav");
        assertThat(eval(save(ModelInfo.NONE), "--labels=pattern:(?<take>.)[.]wav").err())
                .contains("scored with [] only of its labels [take=a]");
        assertThat(eval(folder.resolve("none.safetensors")).status()).isEqualTo(1);
        assertThat(Outcome.of("wavenet-eval", "x").status()).isEqualTo(2);
        assertThat(Outcome.of("wavenet-eval", "x", "--dat", "recordings").err())
                .contains("there is no option --dat; did you mean --data?");
    }
}
