package wavenet4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "123456, '123,000'",
        "99960, '100,000'",
        "12.345, 12.3",
        "1.2345, 1.23",
        "5, 5",
        "0.0123, 0.01",
        "0.004, 0",
        "0, 0",
        "NaN, –"
    })
    void threeDigitsAreEnough(double value, String written) {
        assertThat(Numbers.significant(value)).isEqualTo(written);
    }

    @Test
    void aShareOfTheUnknownIsUnknown() {
        assertThat(Numbers.share(45, 100)).isEqualTo("45 %");
        assertThat(Numbers.share(45, 0)).isEqualTo("–");
    }
}
