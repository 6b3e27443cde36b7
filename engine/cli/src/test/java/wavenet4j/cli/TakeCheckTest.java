package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

final class TakeCheckTest {
    private static List<String> warnings(float[] take) {
        var check = new TakeCheck();
        check.add(take, take.length);
        return check.warnings();
    }

    @Test
    void aToneIsFine() {
        assertThat(warnings(Tiny.tone(300, 8000))).isEmpty();
    }

    @Test
    void silenceIsTold() {
        assertThat(warnings(new float[8000])).singleElement().asString().contains("silence");
    }

    @Test
    void noiseIsTold() {
        var random = new Random(1);
        var noise = new float[8000];
        for (int i = 0; i < noise.length; i++) noise[i] = 0.3f * (float) random.nextGaussian();
        assertThat(warnings(noise)).anyMatch(warning -> warning.contains("white noise"));
    }

    @Test
    void fullScaleIsTold() {
        var square = new float[8000];
        for (int i = 0; i < square.length; i++) square[i] = i / 40 % 2 == 0 ? 1 : -1;
        assertThat(warnings(square)).singleElement().asString().contains("full scale");
    }
}
