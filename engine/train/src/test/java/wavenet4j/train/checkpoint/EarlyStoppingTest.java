package wavenet4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EarlyStoppingTest {
    @Test
    void looksWithoutABetterOneAreCounted() {
        EarlyStopping first = EarlyStopping.NONE.after(10, 4);
        assertThat(first).isEqualTo(new EarlyStopping(4, 10, 0));
        EarlyStopping second = first.after(20, 4);
        assertThat(second).as("as good is not better").isEqualTo(new EarlyStopping(4, 10, 1));
        assertThat(second.after(30, Double.NaN)).isEqualTo(new EarlyStopping(4, 10, 2));
        assertThat(second.after(30, 3)).isEqualTo(new EarlyStopping(3, 30, 0));
    }

    @Test
    void patienceEndsAfterThatManyAndNoneNever() {
        assertThat(new EarlyStopping(4, 10, 2).exhausts(3)).isFalse();
        assertThat(new EarlyStopping(4, 10, 3).exhausts(3)).isTrue();
        assertThat(new EarlyStopping(4, 10, 1000).exhausts(0)).isFalse();
        assertThat(EarlyStopping.NONE.exhausts(1)).isFalse();
    }
}
