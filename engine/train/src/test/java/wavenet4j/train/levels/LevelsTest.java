package wavenet4j.train.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.zip.CRC32;

final class LevelsTest {
    @Test
    void levelsAreReadAsTheyWereGivenInOneByteOrTwo() {
        for (int most : new int[] {255, 256, 65_535}) {
            char[] given = {0, 1, 127, 128, (char) most};
            Levels levels = Levels.of(given);
            assertThat(levels.toArray()).containsExactly(0, 1, 127, 128, most);
            assertThat(levels.checksum().bytes()).isEqualTo(most == 255 ? 5 : 10);
            Levels part = levels.slice(1, 3).slice(1, 2);
            assertThat(part.length()).isEqualTo(1);
            assertThat(part.at(0)).isEqualTo(127);
            assertThatThrownBy(() -> part.at(1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> part.slice(0, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(part.checksum()).isEqualTo(levels.checksum());
        }
    }

    /// The checksum that a run has of its recordings: of their bytes, low before high, in a row.
    @Test
    void checksumsAddUpToThatOfAllBytes() {
        var random = new Random(1);
        var crc = new CRC32();
        Checksum sum = Checksum.NONE;
        for (int length : new int[] {0, 1, 7, 40_000, 3, 0, 65_536}) {
            var levels = new char[length];
            for (int t = 0; t < length; t++) levels[t] = (char) (256 + random.nextInt(65_280));
            sum = sum.then(Levels.of(levels).checksum());
            for (char level : levels) {
                crc.update(level);
                crc.update(level >>> 8);
            }
            assertThat(sum.crc()).as("after %d", length).isEqualTo(crc.getValue());
        }
        var low = new byte[200];
        random.nextBytes(low);
        var chars = new char[200];
        for (int t = 0; t < 200; t++) chars[t] = (char) (low[t] & 0xff);
        crc.update(low);
        assertThat(sum.then(Levels.of(chars).checksum()).crc()).isEqualTo(crc.getValue());
    }
}
