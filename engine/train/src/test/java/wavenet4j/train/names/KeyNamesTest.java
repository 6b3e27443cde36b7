package wavenet4j.train.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.train.config.TrainConfig;

import java.util.List;
import java.util.Map;

final class KeyNamesTest {
    @Test
    void aShortKeyIsTheOneThatEndsSo() {
        TrainConfig config =
                TrainConfig.parse(
                        "", Map.of("batch", "4", "previews.seconds", "2", "kernelSize", "3"));
        assertThat(config.training().batches().size()).isEqualTo(4);
        assertThat(config.training().previews().seconds()).isEqualTo(2);
        assertThat(config.network().kernelSize()).isEqualTo(3);
    }

    @Test
    void aShortKeyOfSeveralIsRefusedWithThem() {
        var keys = List.of("a", "a.size", "b", "b.size");
        assertThat(KeyNames.resolve("a.size", keys)).isEqualTo("a.size");
        assertThatThrownBy(() -> KeyNames.resolve("size", keys))
                .hasMessage("the key size may mean a.size or b.size; give the whole name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    training.bach         | did you mean training.batch?
                    bach                  | did you mean training.batch?
                    Batch                 | did you mean training.batch?
                    network.kernel_size   | did you mean network.kernelSize?
                    trainig.minutes       | did you mean training.minutes?
                    previews.secnds       | did you mean training.previews.seconds?
                    lr                    | here it is training.learningRate
                    training.batch_size   | here it is training.batch
                    training.num-epochs   | here it is training.steps or training.minutes
                    network.sample_rate   | did you mean network.sampleRate?
                    zebra                 | there are network, data, training
                    network.zebra         | there are network.sampleRate, network.output,
                    """)
    void aKeyThatIsNoneIsToldWhatIsMeant(String key, String hint) {
        assertThatThrownBy(() -> TrainConfig.parse("", Map.of(key, "1")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the configuration has no key ")
                .hasMessageContaining(hint);
    }

    @Test
    void aNumberOfLayersIsNoPattern() {
        assertThatThrownBy(() -> TrainConfig.parse("", Map.of("layers", "10")))
                .hasMessageContaining("here it is network.dilations, such as 2 x 1..512");
        assertThatThrownBy(() -> TrainConfig.parse("", Map.of("dilations", "10")))
                .hasMessage(
                        "network.dilations is 10; it must be such as 2 x 1..512, or a list of whole"
                                + " numbers");
    }

    @Test
    void inAFileTheWholeNameIsToldToo() {
        assertThatThrownBy(() -> TrainConfig.parse("batch: 4", Map.of()))
                .hasMessage("the configuration has no key batch; did you mean training.batch?");
    }

    /// What other programs call a key names one that there is.
    @Test
    void otherNamesLeadToKeys() {
        for (String other : List.of("lr", "batch-size", "ema", "valsplit", "num_layers", "sr")) {
            String key = String.valueOf(KeyNames.OTHERS.find(other)).replaceFirst(",.*", "");
            assertThatThrownBy(() -> TrainConfig.parse("", Map.of(key, "{}")))
                    .hasMessageStartingWith(key + " is ");
        }
        assertThat(KeyNames.OTHERS.find("batch")).isNull();
    }
}
