package wavenet4j.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.distribution.Sampling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is known of a model, through the metadata of its file and back.
final class ModelInfoTest {
    private static ModelInfo throughMetadata(ModelInfo info) {
        var metadata = new LinkedHashMap<String, String>();
        info.write(metadata);
        assertThat(metadata).containsOnlyKeys("info");
        return ModelInfo.read(metadata);
    }

    private static ModelInfo with(Preprocessing preprocessing, TrainingFacts training) {
        return new ModelInfo(preprocessing, training, null, null, List.of(), null, null, Map.of());
    }

    @Test
    void everythingComesBack() {
        var info =
                new ModelInfo(
                        new Preprocessing(-40.0, true, true, 0.2),
                        new TrainingFacts(5000, 65.8, 3.9275),
                        new TrainingData(
                                "fsdd", "pattern:(?<digit>\\d)_.*", List.of("wav/0.wav", "日本.wav")),
                        new RecordingSound(-24.125, 0.25, 0, 0.125, 0, 0.5, 0.0625, 0.03),
                        List.of(
                                new Prime(Set.of("b", "a"), new int[] {0, 128, 255}),
                                new Prime(Set.of(), new int[] {65535, 0, 256})),
                        new SamplingDefaults(0.97f),
                        new Licence("CC BY-SA 4.0, \"by\" several\nhands"),
                        Map.of("key", "value"));
        assertThat(throughMetadata(info)).isEqualTo(info);
        assertThat(throughMetadata(ModelInfo.NONE)).isEqualTo(ModelInfo.NONE);
    }

    /// Java writes small and large ones with an exponent, which the reader of JSON is wary of.
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-3, 1 / 3e5, 4.9e-324, 1 / 3e300, 60})
    void numbersComeBackExactly(double value) {
        double trim = Math.min(-value, -Double.MIN_VALUE);
        var small =
                with(
                        new Preprocessing(trim, false, false, value),
                        new TrainingFacts(0, 0, 0 - value));
        assertThat(throughMetadata(small)).isEqualTo(small);
        var large = with(Preprocessing.NONE, new TrainingFacts(Long.MAX_VALUE, 1.5e8 + value, 0));
        assertThat(throughMetadata(large)).isEqualTo(large);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-10f, 0.1f, 0.97f, 1, 1.12f, 100})
    void temperaturesComeBackExactly(float temperature) {
        var info = ModelInfo.NONE.with(new SamplingDefaults(temperature));
        assertThat(throughMetadata(info)).isEqualTo(info);
        assertThat(info.defaultSampling()).isEqualTo(new Sampling(temperature, 0, 1));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        for (double bad : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            refused(() -> new Preprocessing(null, false, false, bad));
            refused(() -> new TrainingFacts(0, bad, 0));
        }
        for (double bad : new double[] {Double.NaN, 0, -1001}) {
            refused(() -> new Preprocessing(bad, false, false, 0));
        }
        refused(() -> new TrainingFacts(-1, 0, 0));
        refused(() -> new TrainingFacts(0, 0, Double.NaN));
        refused(() -> new SamplingDefaults(Float.NaN));
        refused(() -> new Licence(" \n"));
    }

    private static void refused(Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run);
    }

    /// The strings of the files from before there was typed information.
    @Test
    void stringsAreReadIntoRecords() {
        String strings =
                """
                {"step":"5000","minutes":"65.8","heldOutBitsPerSample":"3.9275","data":"fsdd",\
                "labels":"folders","leadIn":"true","tailSeconds":"0.1","normalize":"true",\
                "licence":"CC0","trimDb":"-40.0","heldOut":"wav/a.wav\\nwav/b.wav",\
                "temperature":"1.12","other":"kept"}\
                """;
        assertThat(ModelInfo.read(Map.of("training", strings)))
                .isEqualTo(
                        new ModelInfo(
                                new Preprocessing(-40.0, true, true, 0.1),
                                new TrainingFacts(5000, 65.8, 3.9275),
                                new TrainingData(
                                        "fsdd", "folders", List.of("wav/a.wav", "wav/b.wav")),
                                null,
                                List.of(),
                                new SamplingDefaults(1.12f),
                                new Licence("CC0"),
                                Map.of("other", "kept")));
        assertThat(ModelInfo.read(Map.of("training", "{}"))).isEqualTo(ModelInfo.NONE);
        assertThat(ModelInfo.read(Map.of())).isEqualTo(ModelInfo.NONE);
    }

    @Test
    void stringsThatNoRecordHoldsStayFacts() {
        String strings = "{\"step\":\"1000\",\"steps\":\"many\",\"licence\":\"\"}";
        ModelInfo info = ModelInfo.read(Map.of("training", strings));
        assertThat(info.training()).isNull();
        assertThat(info.licence()).isNull();
        assertThat(info.facts()).isEqualTo(Map.of("step", "1000", "steps", "many", "licence", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "", "NaN", "-1", "1e9"})
    void aStringThatIsNoTemperatureStaysAFact(String text) {
        ModelInfo info = ModelInfo.read(Map.of("training", "{\"temperature\":\"" + text + "\"}"));
        assertThat(info.defaultSampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(info.facts()).containsEntry("temperature", text);
    }
}
