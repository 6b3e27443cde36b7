package wavenet4j.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.info.ModelInfo;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Names that hold the very signs which stand between them.
final class LabelNamesTest {
    private static Map<String, Float> resolve(List<String> names, int take, String... given)
            throws IOException {
        ModelSpec spec = TinyModels.model(names, ModelInfo.NONE).spec();
        return LabelNames.resolve(List.of(given), take, spec);
    }

    @Test
    void aNameIsTakenForItselfFirst() throws IOException {
        var names = List.of("a", "a=0.5", "b,c", "d/e", "d");
        assertThat(resolve(names, 0, "a=0.5")).isEqualTo(Map.of("a=0.5", 1f));
        assertThat(resolve(names, 0, "a=0.50")).isEqualTo(Map.of("a", 0.5f));
        assertThat(resolve(names, 0, "a=0.5=2")).isEqualTo(Map.of("a=0.5", 2f));
        assertThat(resolve(names, 0, "b,c")).isEqualTo(Map.of("b,c", 1f));
        assertThat(resolve(names, 1, "d/e")).isEqualTo(Map.of("d/e", 1f));
        assertThat(resolve(names, 1, "d/b,c")).isEqualTo(Map.of("b,c", 1f));
        assertThat(resolve(names, 3, "d/a=-2,d", "b,c"))
                .isEqualTo(Map.of("a", -2f, "d", 1f, "b,c", 1f));
    }

    @Test
    void aNameWithAShareIsTakenForItselfToo() throws IOException {
        var names = List.of("Bach, J. S.", "AC/DC", "theo", "lucas");
        assertThat(resolve(names, 0, "Bach, J. S.=0.5")).isEqualTo(Map.of("Bach, J. S.", 0.5f));
        assertThat(resolve(names, 1, "AC/DC=0.25")).isEqualTo(Map.of("AC/DC", 0.25f));
        assertThat(resolve(names, 0, "theo=1,lucas=0.5"))
                .isEqualTo(Map.of("theo", 1f, "lucas", 0.5f));
        assertThat(resolve(names, 1, "theo=1/lucas=0.5")).isEqualTo(Map.of("lucas", 0.5f));
    }

    @Test
    void aValueOfTwoLabelsIsNoName() {
        var names = List.of("x=1", "y=1");
        for (String given : List.of("1", "1=0.5")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resolve(names, 0, given))
                    .withMessage("the label 1 may mean x=1 or y=1; give the whole name");
        }
    }
}
