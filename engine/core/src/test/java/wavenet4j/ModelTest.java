package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.distribution.Sampling;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.testing.TestModels;

final class ModelTest {
    private final Model model = Model.initial(TestModels.awkwardSpecs().firstEntry().getValue(), 1);

    @Test
    void takesAreDrawnAsLearnedUntilATemperatureIsMeasured() {
        assertThat(model.sampling()).isEqualTo(Sampling.DEFAULT);
        Model warmer = model.with(model.info().with(new SamplingDefaults(1.1f)));
        assertThat(warmer.sampling()).isEqualTo(new Sampling(1.1f, 0, 1));
        assertThat(warmer.weights()).isSameAs(model.weights());
    }
}
