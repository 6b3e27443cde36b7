package wavenet4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import wavenet4j.spec.Precision;

import java.util.List;

class KernelPiecesTest {
    private final KernelPieces pieces = new KernelPieces();
    private final Work work = new Work();

    @ParameterizedTest
    @EnumSource
    void theProductIsTheSameInEveryPrecision(KernelPieces.Kind kind) {
        float[] exact = pieces.product(products(kind, Precision.FLOAT32), work);
        assertThat(work.bytes).isEqualTo(4 * work.multiplyAdds);
        for (var precision : List.of(Precision.BFLOAT16, Precision.INT8)) {
            var rounded = new Work();
            // Up to 256 weights below 1, each rounded by at most 2^-8, and the signs are random.
            assertThat(pieces.product(products(kind, precision), rounded))
                    .containsExactly(exact, within(0.2f))
                    .isNotEqualTo(exact);
            assertThat(rounded.multiplyAdds).isEqualTo(work.multiplyAdds);
            assertThat(rounded.bytes).isLessThan(work.bytes);
        }
    }

    @Test
    void theWorkIsThatOfATick() {
        pieces.product(products(KernelPieces.Kind.PRESENT, Precision.BFLOAT16), work);
        assertThat(work.multiplyAdds).isEqualTo(20 * 128 * 64);
        assertThat(work.bytes).isEqualTo(2 * work.multiplyAdds);
    }

    @ParameterizedTest
    @EnumSource
    void eightStreamsShareTheWeights(KernelPieces.Kind kind) {
        for (var precision : List.of(Precision.BFLOAT16, Precision.FLOAT32, Precision.INT8)) {
            var one = products(kind, precision);
            var eight = products(kind, precision);
            eight.streams = 8;
            eight.pack();
            var workOfOne = new Work();
            var workOfEight = new Work();
            assertThat(pieces.product(eight, workOfEight))
                    .isEqualTo(pieces.product(one, workOfOne));
            assertThat(workOfEight.bytes).isEqualTo(workOfOne.bytes);
            assertThat(workOfEight.multiplyAdds).isEqualTo(8 * workOfOne.multiplyAdds);
        }
    }

    @Test
    void theGatesAreBetweenMinusOneAndOne() {
        var gates = new KernelPieces.Gates();
        gates.draw();
        assertThat(pieces.gate(gates, work)).hasSize(20 * 64);
        for (float z : pieces.gate(gates, work)) assertThat(z).isBetween(-1f, 1f).isNotZero();
    }

    @Test
    void thePicksFollowTheUniformNumber() {
        var picks = new KernelPieces.Picks();
        picks.draw();
        int first = pieces.pick(picks, work);
        assertThat(first).isBetween(0, 255);
        assertThat(pieces.pick(picks, work)).isNotEqualTo(first);
    }

    private static KernelPieces.Products products(KernelPieces.Kind kind, Precision precision) {
        var products = new KernelPieces.Products();
        products.kind = kind;
        products.precision = precision;
        products.pack();
        return products;
    }
}
