package wavenet4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Weights;
import wavenet4j.train.testing.TinyRun;

import java.util.List;

final class WarmStartTest {
    private final ModelSpec spec = TinyRun.spec(16, 2, List.of(1, 2), "a", "b");
    private final Model model = Model.initial(spec, 1);

    @Test
    void theSameNetworkIsTakenOverWhole() {
        Weights start = WarmStart.from(model, spec, 2);
        for (String name : spec.shapes().keySet()) {
            assertThat(start.tensor(name)).as(name).isEqualTo(model.weights().tensor(name));
        }
    }

    @Test
    void otherLabelsBeginAfresh() {
        ModelSpec other = TinyRun.spec(16, 2, List.of(1, 2), "a", "c");
        Weights start = WarmStart.from(model, other, 2);
        Weights fresh = Weights.initial(other, 2);
        for (String name : spec.shapes().keySet()) {
            boolean ofLabels = name.contains("label");
            assertThat(start.tensor(name))
                    .as(name)
                    .isEqualTo((ofLabels ? fresh : model.weights()).tensor(name));
        }
    }

    @Test
    void aModelWithoutLabelsTeachesOneWithLabels() {
        ModelSpec plain = TinyRun.spec(16, 2, List.of(1, 2));
        Model teacher = Model.initial(plain, 3);
        Weights start = WarmStart.from(teacher, spec, 2);
        assertThat(start.tensors().keySet()).isEqualTo(spec.shapes().keySet());
        assertThat(start.tensor("head.output.weight"))
                .isEqualTo(teacher.weights().tensor("head.output.weight"));
    }

    @Test
    void anotherShapeIsRefusedByName() {
        ModelSpec wider = TinyRun.spec(32, 2, List.of(1, 2), "a", "b");
        assertThatThrownBy(() -> WarmStart.from(model, wider, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the model to start from has input.embedding [16, 6] where the network to"
                                + " train has [32, 6]");
    }
}
