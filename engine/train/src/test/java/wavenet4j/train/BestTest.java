package wavenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BestTest {
    @Test
    void looksWithoutABetterOneAreCounted() {
        Best first = Best.NONE.after(10, 4);
        assertThat(first).isEqualTo(new Best(4, 10, 0));
        Best second = first.after(20, 4);
        assertThat(second).as("as good is not better").isEqualTo(new Best(4, 10, 1));
        assertThat(second.after(30, Double.NaN)).isEqualTo(new Best(4, 10, 2));
        assertThat(second.after(30, 3)).isEqualTo(new Best(3, 30, 0));
    }

    @Test
    void patienceEndsAfterThatManyAndNoneNever() {
        assertThat(new Best(4, 10, 2).exhausts(3)).isFalse();
        assertThat(new Best(4, 10, 3).exhausts(3)).isTrue();
        assertThat(new Best(4, 10, 1000).exhausts(0)).isFalse();
        assertThat(Best.NONE.exhausts(1)).isFalse();
    }
}
