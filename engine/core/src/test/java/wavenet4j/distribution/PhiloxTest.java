package wavenet4j.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;

final class PhiloxTest {
    @Test
    void theKnownAnswersOfRandom123() {
        assertThat(block(0, 0, 0, 0, 0))
                .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(block(-1, -1, -1, -1, -1))
                .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        // The digits of pi; the key's first word is the seed's lower half.
        assertThat(block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0_a4093822L))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void aPositionIsAWordOfItsBlock() {
        long seed = 0x0123456789abcdefL;
        for (long position : new long[] {0, 1, 2, 3, 4, 1023, (1L << 34) - 1, 1L << 34, 1L << 40}) {
            long block = position / 4;
            int word =
                    Philox.word((int) block, (int) (block >> 32), 6, 0, seed, (int) (position % 4));
            // The middle of the word's cell among 2^23.
            double uniform = ((word >>> 9) + 0.5) / (1 << 23);
            assertThat((double) Philox.uniform(seed, position, 6)).isEqualTo(uniform);
        }
    }

    @Test
    void numbersAreUniform() {
        int cells = 1024;
        int draws = 1 << 20;
        var counts = new int[cells];
        for (long position = 0; position < draws; position++) {
            float uniform = Philox.uniform(12345, position, 0);
            assertThat(uniform > 0 && uniform < 1).isTrue();
            counts[(int) (uniform * cells)]++;
        }
        double expected = (double) draws / cells;
        double chiSquare = 0;
        for (int count : counts) chiSquare += (count - expected) * (count - expected) / expected;
        // 1,023 degrees of freedom: mean 1,023, standard deviation 45.
        assertThat(chiSquare).isBetween(1023 - 4 * 45.0, 1023 + 4 * 45.0);
    }

    @Test
    void neighboursAreUncorrelated() {
        int draws = 1 << 18;
        double ofPositions = 0;
        double ofStreams = 0;
        double ofSeeds = 0;
        for (long t = 0; t < draws; t++) {
            double here = Philox.uniform(1, t, 0) - 0.5;
            ofPositions += here * (Philox.uniform(1, t + 1, 0) - 0.5);
            ofStreams += here * (Philox.uniform(1, t, 1) - 0.5);
            ofSeeds += here * (Philox.uniform(2, t, 0) - 0.5);
        }
        double fourDeviations = 4 * Math.sqrt(draws) / 12;
        assertThat(Math.abs(ofPositions)).isLessThan(fourDeviations);
        assertThat(Math.abs(ofStreams)).isLessThan(fourDeviations);
        assertThat(Math.abs(ofSeeds)).isLessThan(fourDeviations);
    }

    @Test
    void everyBitOfSeedPositionAndStreamCounts() {
        var seen = new HashSet<Integer>();
        int inputs = 1;
        seen.add(Philox.word(0, 0, 0, 0, 0, 0));
        for (int bit = 0; bit < 64; bit++, inputs++) {
            seen.add(Philox.word(0, 0, 0, 0, 1L << bit, 0));
        }
        for (int bit = 0; bit < 32; bit++, inputs += 4) {
            seen.add(Philox.word(1 << bit, 0, 0, 0, 0, 0));
            seen.add(Philox.word(0, 1 << bit, 0, 0, 0, 0));
            seen.add(Philox.word(0, 0, 1 << bit, 0, 0, 0));
            seen.add(Philox.word(0, 0, 0, 1 << bit, 0, 0));
        }
        assertThat(seen).hasSize(inputs);
    }

    private static int[] block(int c0, int c1, int c2, int c3, long key) {
        var words = new int[4];
        for (int i = 0; i < 4; i++) words[i] = Philox.word(c0, c1, c2, c3, key, i);
        return words;
    }
}
