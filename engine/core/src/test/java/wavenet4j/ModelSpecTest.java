package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import wavenet4j.distribution.Distribution;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Labels;
import wavenet4j.testing.TestModels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

final class ModelSpecTest {
    @Test
    void theMediumNetworksFiguresByHand() {
        var spec = TestModels.spec(256, TestModels.channels(64, 64, 256, 256), 2, cycles(2));
        assertThat(spec.layers()).isEqualTo(20);
        // Each cycle looks 1 + 2 + ... + 512 = 1,023 samples back.
        assertThat(spec.receptiveField()).isEqualTo(2 * 1023 + 1);
        long embedding = 256 * 64;
        long dilated = 20 * (128 * 64 * 2 + 128);
        long residual = 19 * (64 * 64 + 64);
        long skip = 20 * (256 * 64 + 256);
        long head = (256 * 256 + 256) + (256 * 256 + 256);
        assertThat(spec.parameters())
                .isEqualTo(embedding + dilated + residual + skip + head)
                .isEqualTo(890_048);
    }

    @Test
    void otherFiguresByHand() {
        var ibab = TestModels.spec(256, TestModels.channels(32, 32, 512, 512), 2, cycles(5));
        assertThat(ibab.receptiveField()).isEqualTo(5116);
        assertThat(ibab.parameters())
                .isEqualTo(
                        256 * 32
                                + 50 * (64 * 32 * 2 + 64)
                                + 49 * (32 * 32 + 32)
                                + 50 * (512 * 32 + 512)
                                + (512 * 512 + 512)
                                + (256 * 512 + 256));
        var threeTaps = TestModels.spec(10, TestModels.channels(2, 3, 4, 5), 3, List.of(1, 7));
        assertThat(threeTaps.receptiveField()).isEqualTo(2 * 8 + 1);
        assertThat(threeTaps.parameters())
                .isEqualTo(20 + 2 * (6 * 2 * 3 + 6) + (2 * 3 + 2) + 2 * (4 * 3 + 4) + 25 + 60);
        // Labels add a row each, and a product in each layer.
        assertThat(TestModels.labelled(threeTaps, 4, 6).parameters())
                .isEqualTo(threeTaps.parameters() + 4 * 6 + 2 * (6 * 6));
        var pointwise = TestModels.spec(10, TestModels.channels(2), 1, List.of(512));
        assertThat(pointwise.receptiveField()).isEqualTo(1);
    }

    @Test
    void theTensorsAreThoseOfTheFileFormat() {
        var spec =
                TestModels.labelled(
                        TestModels.spec(10, TestModels.channels(2, 3, 4, 5), 3, List.of(1, 2)),
                        7,
                        8);
        assertThat(spec.shapes().sequencedEntrySet().stream().map(Object::toString))
                .containsExactly(
                        "input.embedding=[10, 2]",
                        "labels.embedding=[7, 8]",
                        "layers.0.dilated.weight=[6, 2, 3]",
                        "layers.0.dilated.bias=[6]",
                        "layers.0.label.weight=[6, 8]",
                        "layers.0.residual.weight=[2, 3]",
                        "layers.0.residual.bias=[2]",
                        "layers.0.skip.weight=[4, 3]",
                        "layers.0.skip.bias=[4]",
                        "layers.1.dilated.weight=[6, 2, 3]",
                        "layers.1.dilated.bias=[6]",
                        "layers.1.label.weight=[6, 8]",
                        "layers.1.skip.weight=[4, 3]",
                        "layers.1.skip.bias=[4]",
                        "head.hidden.weight=[5, 4]",
                        "head.hidden.bias=[5]",
                        "head.output.weight=[10, 5]",
                        "head.output.bias=[10]");
    }

    @Test
    void aMixtureHearsTheAmplitude() {
        var spec = TestModels.logistics(7, TestModels.channels(2, 3, 4, 5), 2, List.of(1));
        assertThat(spec.levels()).isEqualTo(65_536);
        assertThat(spec.shapes().sequencedEntrySet().stream().map(Object::toString))
                .containsExactly(
                        "input.weight=[2, 1]",
                        "input.bias=[2]",
                        "layers.0.dilated.weight=[6, 2, 2]",
                        "layers.0.dilated.bias=[6]",
                        "layers.0.skip.weight=[4, 3]",
                        "layers.0.skip.bias=[4]",
                        "head.hidden.weight=[5, 4]",
                        "head.hidden.bias=[5]",
                        "head.output.weight=[21, 5]",
                        "head.output.bias=[21]");
    }

    @Test
    void whatIsOutOfRangeIsNamedWithItsRange() {
        refused("sampleRate is", () -> with(99, 256, 2, List.of(1)));
        refused("sampleRate is", () -> with(1_000_001, 256, 2, List.of(1)));
        refused("levels is 1; it must be between 2 and", () -> with(8000, 1, 2, List.of(1)));
        refused("levels is", () -> with(8000, 65_537, 2, List.of(1)));
        refused("kernelSize is 0; it must be between 1 and", () -> with(8000, 256, 0, List.of(1)));
        refused("kernelSize is", () -> with(8000, 256, 1025, List.of(1)));
        refused("the number of dilations is 0;", () -> with(8000, 256, 2, List.of()));
        refused(
                "the number of dilations is",
                () -> with(8000, 256, 2, Collections.nCopies(1001, 1)));
        refused("each of dilations is 0;", () -> with(8000, 256, 2, List.of(1, 0)));
        refused("each of dilations is -4;", () -> with(8000, 256, 2, List.of(-4)));
        refused(
                "the receptive field is",
                () -> with(8000, 256, 2, List.of(DilatedConvolutions.MAX_RECEPTIVE_FIELD)));
        refused(
                "the receptive field is",
                () -> with(8000, 256, 1024, Collections.nCopies(1000, 1 << 26)));
        refused("channels.residual is 0;", () -> widths(0, 1, 1, 1));
        refused("channels.gate is -1;", () -> widths(1, -1, 1, 1));
        refused("channels.skip is", () -> widths(1, 1, 16_385, 1));
        refused("channels.head is", () -> widths(1, 1, 1, Integer.MAX_VALUE));
        refused(
                "the tensor layers.0.dilated.weight of shape [32768, 16384, 1024] is too large",
                () -> TestModels.spec(256, TestModels.channels(16_384), 1024, List.of(1)));
    }

    @Test
    void labelsAreNamesWithAnEmbedding() {
        refused("labels.embedding is 3, but there are no labels", () -> new Labels(List.of(), 3));
        refused("labels.embedding is 0;", () -> new Labels(List.of("a"), 0));
        refused("labels.names has \"b\" twice", () -> new Labels(List.of("a", "b", "c", "b"), 3));
        for (String bad : List.of("", " ", "a\nb", "a\tb", "\u0000", "\u0085")) {
            refused(
                    "labels.names has a name that is blank or holds a control character",
                    () -> new Labels(List.of(bad), 3));
        }
        refused("the number of labels is", () -> new Labels(Collections.nCopies(65_537, "a"), 3));
        assertThat(new Labels(List.of("käse", "日本", "a b"), 1).names()).hasSize(3);
    }

    @Test
    void theLargestFieldIsAccepted() {
        var spec = with(8000, 256, 2, List.of(DilatedConvolutions.MAX_RECEPTIVE_FIELD - 1));
        assertThat(spec.receptiveField()).isEqualTo(DilatedConvolutions.MAX_RECEPTIVE_FIELD);
    }

    private static void refused(String start, ThrowingCallable what) {
        assertThatIllegalArgumentException()
                .isThrownBy(what)
                .satisfies(e -> assertThat(e.getMessage()).startsWith(start).doesNotContain("\n"));
    }

    private static ModelSpec widths(int residual, int gate, int skip, int head) {
        var channels = TestModels.channels(residual, gate, skip, head);
        return TestModels.spec(256, channels, 2, List.of(1));
    }

    private static ModelSpec with(int rate, int levels, int kernelSize, List<Integer> dilations) {
        return TestModels.channels(1)
                .spec(
                        rate,
                        new Distribution.Categorical(levels),
                        kernelSize,
                        dilations,
                        Labels.NONE);
    }

    /// 1, 2, 4 .. 512, so many times.
    private static List<Integer> cycles(int count) {
        var dilations = new ArrayList<Integer>();
        for (int i = 0; i < 10 * count; i++) dilations.add(1 << i % 10);
        return dilations;
    }
}
