package wavenet4j.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.Model;
import wavenet4j.audio.Clip;
import wavenet4j.audio.analysis.SoundStatistics;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.cli.sample.TakeFile;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.distribution.Sampling;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.RecordingSound;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.info.TrainingFacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

final class ComparisonTest {
    @TempDir Path folder;
    private Path data = Path.of("");
    private Path json = Path.of("");

    @BeforeEach
    void writeRecordings() throws IOException {
        data = folder.resolve("data");
        json = folder.resolve("numbers.json");
        for (int n = 0; n < 5; n++) {
            TinyModels.write(
                    data.resolve(n + ".wav"), TinyModels.tone(200 + 50 * n, 3 * TinyModels.RATE));
        }
    }

    private Path save(List<String> labels, ModelInfo info) throws IOException {
        Path file = folder.resolve("model.safetensors");
        TinyModels.model(labels, info).save(file);
        return file;
    }

    private Outcome compare(Path model, String... options) {
        var args =
                new ArrayList<>(
                        List.of(
                                "wavenet-eval",
                                model.toString(),
                                "--data=" + data,
                                "--json=" + json,
                                "--backend=reference"));
        args.addAll(List.of(options));
        return Outcome.of(args.toArray(String[]::new));
    }

    private JsonNode numbers() throws IOException {
        return new JsonMapper().readTree(json.toFile());
    }

    @Test
    void itMeasuresTakesAndRecordings() throws IOException {
        Path out = folder.resolve("takes");
        Outcome outcome =
                compare(
                        save(List.of(), ModelInfo.NONE),
                        "--takes=3",
                        "--seconds=1",
                        "--out=" + out);
        assertThat(outcome.err()).doesNotContain("wavenet-eval:").contains("15 passages");
        assertThat(outcome.status()).isZero();
        JsonNode takes = numbers().get("takes").get(0);
        for (int n = 0; n < 3; n++) {
            Path wav = out.resolve("t1.00-" + (n + 1) + ".wav");
            Clip take = AudioReader.read(wav);
            var statistics = SoundStatistics.of(take);
            JsonNode its = takes.get("each").get(n);
            assertThat(take.samples()).hasSize(TinyModels.RATE);
            assertThat(its.get("seed").asLong()).isEqualTo(1 + n);
            // The file's 16 bits are finer than the levels.
            assertThat(its.get("levelDb").asDouble()).isCloseTo(statistics.levelDb(), within(.01));
            assertThat(its.get("centroidHz").asDouble())
                    .isCloseTo(statistics.centroidHz(), within(1.0));
            assertThat(TakeFile.pictureOf(wav)).isNotEmptyFile();
        }
        // The tones swing around an amplitude of 0.6, and take all but a tenth of full scale.
        JsonNode real = numbers().get("recordings");
        assertThat(real.get("levelDb").get("median").asDouble())
                .isCloseTo(20 * Math.log10(Math.sqrt(.36 / 2 + .09 / 4)), within(.5));
        assertThat(real.get("peakDb").get("high").asDouble())
                .isCloseTo(20 * Math.log10(.9), within(.3));
        assertThat(real.get("centroidHz").get("median").asDouble()).isCloseTo(300, within(60.0));
        // An untrained model says white noise.
        assertThat(takes.get("sound").get("flatness").get("outside").asInt()).isEqualTo(3);
        assertThat(outcome.text()).containsPattern("flatness .* 3 of 3 \\*");
        double floor = numbers().get("distanceRecordings").get("high").asDouble();
        assertThat(takes.get("distance").get("low").asDouble()).isGreaterThan(floor);
        assertThat(numbers().get("distanceNoise").get("low").asDouble()).isGreaterThan(floor);
        assertThat(outcome.text()).containsPattern("takes at 1.0 .* \\*");
    }

    @Test
    void recordingsAreTreatedAsInTraining() throws IOException {
        for (int n = 0; n < 5; n++) {
            float[] quiet = TinyModels.tone(200 + 50 * n, 3 * TinyModels.RATE);
            for (int t = 0; t < quiet.length; t++) quiet[t] *= .1f;
            TinyModels.write(data.resolve(n + ".wav"), quiet);
        }
        compare(save(List.of(), ModelInfo.NONE), "--takes=2", "--seconds=1");
        double asRecorded = numbers().get("recordings").get("peakDb").get("high").asDouble();
        compare(
                save(List.of(), TinyModels.preprocessed(true, false, 0)),
                "--takes=2",
                "--seconds=1");
        double normalized = numbers().get("recordings").get("peakDb").get("high").asDouble();
        assertThat(asRecorded).isCloseTo(-20.9, within(.5));
        assertThat(normalized).isCloseTo(0, within(.01));
        compare(
                save(List.of(), TinyModels.preprocessed(true, false, 0)),
                "--takes=2",
                "--seconds=3");
        double whole = numbers().get("recordings").get("levelDb").get("median").asDouble();
        compare(
                save(List.of(), TinyModels.preprocessed(true, false, 1)),
                "--takes=2",
                "--seconds=4");
        double withTail = numbers().get("recordings").get("levelDb").get("median").asDouble();
        assertThat(withTail - whole).isCloseTo(10 * Math.log10(3 / 4.0), within(.01));
    }

    @Test
    void heldOutRecordingsAlone() throws IOException {
        compare(
                save(List.of(), TinyModels.heldOut("1.wav", "3.wav")),
                "--held-out",
                "--takes=2",
                "--seconds=1");
        assertThat(numbers().get("passages").asInt()).isEqualTo(6);
    }

    @Test
    void eachTemperatureHasItsTable() throws IOException {
        Outcome outcome =
                compare(
                        save(List.of(), ModelInfo.NONE),
                        "--takes=2",
                        "--seconds=1",
                        "--temperature=0.3,1");
        assertThat(outcome.text())
                .contains(
                        "at temperature 0.3", "at temperature 1.0", "takes at 0.3", "takes at 1.0");
        JsonNode takes = numbers().get("takes");
        assertThat(takes.get(0).get("sound").get("levelDb").get("median").asDouble())
                .isLessThan(takes.get(1).get("sound").get("levelDb").get("median").asDouble());
        String again =
                compare(
                                save(List.of(), ModelInfo.NONE),
                                "--takes=2",
                                "--seconds=1",
                                "--temperature=0.3,1")
                        .text();
        assertThat(again).isEqualTo(outcome.text());
    }

    @Test
    void theNearestTemperatureIsKeptInTheModel() throws IOException {
        Path model = save(List.of(), TinyModels.trained(new TrainingFacts(7, 1, 5)));
        Model before = Model.load(model);
        String[] options = {
            "--takes=2", "--seconds=1", "--temperature=0.3,1", "--keep-temperature"
        };
        Outcome outcome = compare(model, options);
        JsonNode takes = numbers().get("takes");
        var distances = new ArrayList<Double>();
        for (JsonNode its : takes) distances.add(its.get("distance").get("median").asDouble());
        float nearest = distances.get(0) < distances.get(1) ? 0.3f : 1;
        assertThat(outcome.err()).contains("temperature %s into %s".formatted(nearest, model));
        Model after = Model.load(model);
        assertThat(after.sampling()).isEqualTo(new Sampling(nearest, 0, 1));
        RecordingSound sound = Objects.requireNonNull(after.info().sound());
        JsonNode levels = numbers().get("recordings").get("levelDb");
        assertThat(sound.levelDb())
                .isBetween(levels.get("low").asDouble() - 1, levels.get("high").asDouble() + 1);
        assertThat(after.info())
                .isEqualTo(before.info().with(new SamplingDefaults(nearest)).with(sound));
        assertThat(after.weights().tensors().get("head.output.bias"))
                .isEqualTo(before.weights().tensors().get("head.output.bias"));
        // And is what takes are compared at where none is named.
        Outcome again = compare(model, "--takes=2", "--seconds=1");
        assertThat(again.text()).contains("at temperature " + nearest);
    }

    /// Recordings shorter than a take, of two voices.
    @Test
    void takesHaveTheLabelsOfRecordings() throws IOException {
        data = folder.resolve("voices");
        for (int n = 0; n < 30; n++) {
            String voice = n % 3 == 0 ? "low" : "high";
            TinyModels.write(
                    data.resolve(voice + n + ".wav"),
                    TinyModels.tone(n % 3 == 0 ? 200 : 900, TinyModels.RATE / 2));
        }
        Path model = save(List.of("voice=high", "voice=low"), ModelInfo.NONE);
        Outcome outcome =
                compare(
                        model,
                        "--labels=pattern:(?<voice>[a-z]+)\\d+[.]wav",
                        "--takes=30",
                        "--seconds=1");
        assertThat(outcome.status()).isZero();
        assertThat(numbers().get("passages").asInt()).isEqualTo(15);
        var counts = new TreeMap<String, Integer>();
        for (JsonNode take : numbers().get("takes").get(0).get("each")) {
            counts.merge(take.get("labels").get(0).asText(), 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of("voice=high", 20, "voice=low", 10));
        // Either voice alone, never both in one passage.
        JsonNode dynamics = numbers().get("recordings").get("centroidHz");
        assertThat(dynamics.get("low").asDouble()).isCloseTo(200, within(30.0));
        assertThat(dynamics.get("high").asDouble()).isCloseTo(900, within(30.0));
    }

    @Test
    void problemsAreOneSentence() throws IOException {
        Path model = save(List.of(), ModelInfo.NONE);
        assertThat(compare(model, "--takes=2", "--seconds=4").err())
                .contains("make 2 passages of 4.0 s", "try --seconds 2.0");
        assertThat(compare(model, "--takes=1").err()).contains("--takes is 1");
        assertThat(compare(model, "--takes=600", "--temperature=1,0.9").err())
                .contains("more than 1,000 takes");
        assertThat(compare(model, "--takes=2", "--seconds=0.1").err())
                .contains("--seconds is 0.1; it must be between 0.5 and 600");
        assertThat(compare(model, "--takes=2", "--temperature=-1").err())
                .contains("temperature is -1.0");
        assertThat(compare(model, "--takes=2", "--out=" + model).err()).contains("is a file");
        assertThat(compare(model, "--takes=2", "--keep-temperature").err())
                .contains("name several");
        String[] kept = {"--takes=2", "--temperature=0.9,1", "--keep-temperature"};
        assertThat(compare(Path.of("digits"), kept).err()).contains("is not written to");
        Path numbers = json;
        json = folder;
        assertThat(compare(model, "--takes=2").err()).contains("cannot be written");
        json = numbers;
        assertThat(compare(model, "--seconds=1").status()).isEqualTo(2);
        assertThat(json).doesNotExist();
        for (int n = 0; n < 5; n++) {
            TinyModels.write(
                    data.resolve(n + ".wav"),
                    n == 0 ? TinyModels.tone(200, 1000) : new float[9000]);
        }
        assertThat(compare(model, "--takes=2", "--seconds=1").err())
                .contains("silent all through", "do not make 4 passages of 0.5 s");
    }

    @Test
    void nothingIsKeptUnasked() throws IOException {
        Outcome outcome =
                Outcome.of(
                        "wavenet-eval",
                        save(List.of(), ModelInfo.NONE).toString(),
                        "--data=" + data,
                        "--takes=2",
                        "--seconds=1",
                        "--backend=reference");
        assertThat(outcome.status()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(data, folder.resolve("model.safetensors"));
        }
    }
}
