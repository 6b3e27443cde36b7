package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.file.Safetensors;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Preprocessing;
import wavenet4j.spec.Precision;
import wavenet4j.testing.NetworkCases;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Models that go through a file and come back.
final class ModelFileTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void float32ComesBackBitForBit(ModelSpec spec) throws IOException {
        Path file = folder.resolve("model.safetensors");
        var model = TestModels.random(spec, 31);
        float[] odd = {-0f, Float.MIN_VALUE, -Float.MIN_NORMAL, Float.MAX_VALUE, 1e-30f};
        float[] bias = model.weights().tensor("head.output.bias");
        System.arraycopy(odd, 0, bias, 0, Math.min(odd.length, bias.length));
        model.save(file);
        var loaded = Model.load(file);
        assertThat(loaded.spec()).isEqualTo(spec);
        assertThat(loaded.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(loaded.weights().tensors().sequencedKeySet())
                .containsExactlyElementsOf(spec.shapes().sequencedKeySet());
        loaded.weights()
                .tensors()
                .forEach((name, values) ->
                        assertThat(bits(values))
                                .as(name)
                                .isEqualTo(bits(model.weights().tensor(name))));
    }

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void bfloat16ComesBackRounded(ModelSpec spec) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Path again = folder.resolve("again.safetensors");
        var random = TestModels.random(spec, 32);
        new Model(spec, random.weights(), Precision.BFLOAT16, ModelInfo.NONE).save(file);
        var loaded = Model.load(file);
        assertThat(loaded.precision()).isEqualTo(Precision.BFLOAT16);
        var rounded = random.weights().roundedTo(Precision.BFLOAT16, spec);
        loaded.weights()
                .tensors()
                .forEach((name, values) ->
                        assertThat(bits(values)).as(name).isEqualTo(bits(rounded.tensor(name))));
        loaded.save(again);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void freeFactsKeepTheirOrder() throws IOException {
        var facts = new LinkedHashMap<String, String>();
        facts.put("steps", "20000");
        facts.put("licence", "CC-BY 4.0");
        facts.put("attribution", "several\nlines, \"quotes\", 日本, \u2028");
        facts.put("a", "");
        var random = TestModels.random(TestModels.awkwardSpecs().firstEntry().getValue(), 33);
        Path file = folder.resolve("model.safetensors");
        var info =
                new ModelInfo(Preprocessing.NONE, null, null, null, List.of(), null, null, facts);
        random.with(info).save(file);
        assertThat(Model.load(file).info().facts().entrySet())
                .containsExactlyElementsOf(facts.entrySet());
    }

    @Test
    void oneModelIsOneFile() throws IOException {
        var model = TestModels.random(TestModels.awkwardSpecs().firstEntry().getValue(), 34);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        model.save(one);
        Model.load(one).save(two);
        assertThat(two).hasSameBinaryContentAs(one);
    }

    /// Files that are there already have just this, and their checksums count on it.
    @Test
    void mulawLevelsAreToldByTheirNumberAlone() throws IOException {
        Path file = folder.resolve("model.safetensors");
        var spec = TestModels.spec(9, TestModels.channels(2, 3, 4, 5), 2, List.of(1, 2));
        TestModels.random(spec, 37).save(file);
        assertThat(Safetensors.open(file).metadata().get("spec"))
                .isEqualTo(
                        """
                        {"sampleRate":8000,"levels":9,\
                        "channels":{"residual":2,"gate":3,"skip":4,"head":5},\
                        "kernelSize":2,"dilations":[1,2],\
                        "labels":{"names":[],"embedding":0}}\
                        """);
    }

    @Test
    void whatCouldNotBeReadBackIsNotWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "the old one");
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE}) {
            var model = TestModels.random(TestModels.awkwardSpecs().firstEntry().getValue(), 35);
            model.weights().tensor("layers.0.skip.bias")[0] = bad;
            // The greatest float32 is finite, but no finite bfloat16 is as near as infinity.
            var bfloat16 =
                    new Model(model.spec(), model.weights(), Precision.BFLOAT16, ModelInfo.NONE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bfloat16.save(file))
                    .withMessage(
                            "the tensor layers.0.skip.bias holds %s, which is no finite BF16", bad);
        }
        assertThat(file).hasContent("the old one");
        assertThat(folder.toFile().list()).containsExactly("model");
    }

    @Test
    void weightsMustFitTheSpec() {
        var model = TestModels.random(TestModels.awkwardSpecs().firstEntry().getValue(), 36);
        var tensors = new LinkedHashMap<>(model.weights().tensors());
        tensors.put("head.output.bias", new float[99]);
        refusedWeights(
                model, tensors, "the tensor head.output.bias has 99 values; its shape is [2]");
        tensors.remove("head.output.bias");
        refusedWeights(model, tensors, "there is no tensor head.output.bias");
        tensors.put("head.output.bias", new float[2]);
        tensors.put("extra", new float[1]);
        refusedWeights(model, tensors, "the network has no tensor extra");
    }

    private static void refusedWeights(
            Model model, SequencedMap<String, float[]> tensors, String message) {
        var weights = new Weights(tensors);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Model(model.spec(), weights, Precision.FLOAT32, ModelInfo.NONE))
                .withMessage(message);
    }

    @Test
    void initialWeightsComeFromTheSeed() {
        var spec = TestModels.awkwardSpecs().lastEntry().getValue();
        var one = Model.initial(spec, 5);
        assertThat(one.weights().tensor("head.output.weight"))
                .isEqualTo(Model.initial(spec, 5).weights().tensor("head.output.weight"))
                .isNotEqualTo(Model.initial(spec, 6).weights().tensor("head.output.weight"));
        // Uniform in ±1/sqrt(fan-in); its bias likewise.
        double bound = 1 / Math.sqrt(spec.head().hidden());
        assertThat(one.weights().tensor("head.output.weight")).hasSize(33 * 5);
        for (float value : one.weights().tensor("head.output.weight")) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
        }
        for (float value : one.weights().tensor("head.output.bias")) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "INT8"})
    void aPrecisionOfRunningOnlyIsNotWritten(Precision precision) {
        var model = TestModels.random(TestModels.awkwardSpecs().firstEntry().getValue(), 1);
        var rounded = new Model(model.spec(), model.weights(), precision, ModelInfo.NONE);
        Path file = folder.resolve("rounded.safetensors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rounded.save(file))
                .withMessageStartingWith(
                        "a file holds float32 or bfloat16 weights, not " + precision);
        assertThat(file).doesNotExist();
    }

    private static int[] bits(float[] values) {
        var bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToRawIntBits(values[i]);
        return bits;
    }
}
