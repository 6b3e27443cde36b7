package wavenet4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend.Availability;
import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.util.List;

final class BackendsTest {
    private static final ModelSpec SPEC = TestModels.awkwardSpecs().firstEntry().getValue();

    /// A backend of that availability that opens nothing.
    private record Fake(String name, int speedRank, Availability availability) implements Backend {
        @Override
        public Availability probe(ModelSpec spec) {
            return availability;
        }

        @Override
        public List<Precision> precisions() {
            return List.of(Precision.FLOAT32, Precision.FLOAT16);
        }

        @Override
        public MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count) {
            return new MemoryNeed(0, 0);
        }

        @Override
        public Streams start(Model model, Precision precision, int threads, int count) {
            throw new UnsupportedOperationException();
        }
    }

    private static final Backend FAST =
            new Fake("warp", 90, new Missing("no drive is fitted", "fit a drive"));
    private static final Backend MIDDLING = new Fake("impulse", 50, new Ready("8 lanes"));
    private static final Backend SLOW = new Fake("sail", 10, new Ready("canvas"));

    @Test
    void theReferenceIsInstalled() {
        assertThat(Backends.installed()).hasAtLeastOneElementOfType(ReferenceBackend.class);
        assertThat(Backends.named("reference", SPEC).backend())
                .isInstanceOf(ReferenceBackend.class);
        var ranks = Backends.installed().stream().map(b -> -b.speedRank()).toList();
        assertThat(ranks).isSorted();
        assertThat(Backends.fastest(SPEC).backend().speedRank()).isEqualTo(-ranks.getFirst());
    }

    @Test
    void theOrderIsThatOfTheRanks() {
        assertThat(Backends.fastestFirst(List.of(SLOW, FAST, MIDDLING)))
                .containsExactly(FAST, MIDDLING, SLOW);
    }

    @Test
    void theFastestReadyOneIsTakenAndSaysWhatIsMissing() {
        var choice = Backends.fastest(List.of(FAST, MIDDLING, SLOW), SPEC);
        assertThat(choice.backend()).isSameAs(MIDDLING);
        assertThat(choice.reason()).isEqualTo("8 lanes; warp is missing: no drive is fitted");
        assertThat(Backends.fastest(List.of(MIDDLING, SLOW), SPEC).reason()).isEqualTo("8 lanes");
    }

    /// No card is no fault: it is told to whom asks for it, and to nobody else.
    @Test
    void whatThisMachineHasNothingForIsToldOnlyWhereItIsAskedFor() {
        var absent = new Fake("sun", 95, new Absent("there is no sail for it", "hoist one"));
        assertThat(Backends.fastest(List.of(absent, MIDDLING), SPEC).reason()).isEqualTo("8 lanes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backends.named(List.of(absent), "sun", SPEC))
                .withMessage("the backend sun cannot run here: there is no sail for it; hoist one");
        assertThatIllegalStateException()
                .isThrownBy(() -> absent.requireReady(SPEC))
                .withMessage("the backend sun cannot run here: there is no sail for it; hoist one");
    }

    @Test
    void noneReadySaysWhy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Backends.fastest(List.of(FAST), SPEC))
                .withMessage(
                        "no generation backend is ready on this machine; warp is missing: no drive"
                                + " is fitted; for warp fit a drive");
    }

    @Test
    void aNameNeverFallsBack() {
        var installed = List.of(FAST, MIDDLING, SLOW);
        assertThat(Backends.named(installed, "sail", SPEC))
                .isEqualTo(new Backends.Choice(SLOW, "canvas"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backends.named(installed, "warp", SPEC))
                .withMessage("the backend warp cannot run here: no drive is fitted; fit a drive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backends.named(installed, "Sail", SPEC))
                .withMessage("there is no backend Sail; installed are warp, impulse, sail");
    }

    @Test
    void aPrecisionThatABackendLacksIsRefusedWithThoseItHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SLOW.requirePrecision(Precision.INT8))
                .withMessage("the backend sail runs float32 or float16 weights, not int8");
        SLOW.requirePrecision(Precision.FLOAT16);
    }
}
