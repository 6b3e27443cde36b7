package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.distribution.Sampling;
import wavenet4j.testing.TestModels;

import java.util.Map;

final class ModelTest {
    private final Model model = Model.initial(TestModels.awkwardSpecs().firstEntry().getValue(), 1);

    @Test
    void takesAreDrawnAsLearnedUntilATemperatureIsMeasured() {
        assertThat(model.sampling()).isEqualTo(Sampling.DEFAULT);
        Model warmer = model.at(1.1f);
        assertThat(warmer.sampling()).isEqualTo(new Sampling(1.1f, 0, 1));
        assertThat(warmer.weights()).isSameAs(model.weights());
        assertThat(warmer.at(0.9f).sampling()).isEqualTo(new Sampling(0.9f, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> model.at(Float.NaN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "", "NaN", "-1", "1e9"})
    void whatIsNoTemperatureInAFileIsNone(String told) {
        var from = Map.of("temperature", told);
        var strange = new Model(model.spec(), model.weights(), model.precision(), from);
        assertThat(strange.sampling()).isEqualTo(Sampling.DEFAULT);
    }
}
