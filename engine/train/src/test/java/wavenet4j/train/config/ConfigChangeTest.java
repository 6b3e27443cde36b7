package wavenet4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.train.testing.TinyRun;

final class ConfigChangeTest {
    @Test
    void theSameConfigurationHasNone() {
        assertThat(ConfigChange.between(TinyRun.config(), TinyRun.config())).isEmpty();
    }

    @Test
    void eachKeyIsNamedWithBothValues() {
        var changes =
                ConfigChange.between(
                        TinyRun.config(),
                        TinyRun.config(
                                "training.batch=4",
                                "network.channels.skip=9",
                                "network.dilations=[1, 2]",
                                "data.trimDb=-40"));
        assertThat(changes)
                .containsExactly(
                        new ConfigChange("network.channels.skip", "7", "9"),
                        new ConfigChange("network.dilations", "[1,2,4,1,2,4]", "[1,2]"),
                        new ConfigChange("data.trimDb", "null", "-40.0"),
                        new ConfigChange("training.batch", "2", "4"));
        assertThat(changes.getLast()).hasToString("training.batch is 2 there and 4 here");
    }

    @ParameterizedTest
    @CsvSource({
        "training.steps, true",
        "training.learningRate, true",
        "training.validateEvery, true",
        "training.seed, false",
        "network.kernelSize, false",
        "network.channels.residual, false",
        "data.trimDb, false",
        "data.heldOut, false",
        "data.labels, true",
        "data.licence, true"
    })
    void aRunKeepsItsNetworkItsSplitAndWhatItMakesOfItsRecordings(String key, boolean may) {
        assertThat(new ConfigChange(key, "1", "2").isAllowedInRun()).isEqualTo(may);
    }
}
