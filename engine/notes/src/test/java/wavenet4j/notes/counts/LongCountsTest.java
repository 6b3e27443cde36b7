package wavenet4j.notes.counts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Random;

final class LongCountsTest {
    @Test
    void countsAreThoseOfAMap() {
        var random = new Random(5);
        var counts = new LongCounts();
        var map = new HashMap<Long, Integer>();
        for (int i = 0; i < 20_000; i++) {
            // Neighbors, and keys that differ in high bits alone.
            long key = random.nextInt(300) + ((long) random.nextInt(20) << 32);
            assertThat(counts.get(key)).isEqualTo(map.getOrDefault(key, 0));
            int count = counts.get(key) + 1;
            counts.put(key, count);
            map.put(key, count);
        }
        map.forEach((key, count) -> assertThat(counts.get(key)).isEqualTo(count));
    }
}
