package wavenet4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend;
import wavenet4j.spec.Labels;
import wavenet4j.spec.Precision;
import wavenet4j.testing.Channels;
import wavenet4j.testing.StreamsContract;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

final class CpuStreamsTest extends StreamsContract {
    @Override
    protected Backend backend() {
        return new CpuBackend();
    }

    @ParameterizedTest
    @CsvSource({
        "1,2,1",
        "2,2,1 1",
        "3,2,1 1 1",
        "5,1,1 1 1 1 1",
        "6,1,6",
        "8,1,8",
        "9,1,1 1 1 1 1 1 1 1 1",
        "11,2,6 5",
        "16,2,8 8",
        "20,3,7 7 6"
    })
    void streamsAreSharedOutEvenly(int streams, int threads, String sizes) {
        assertThat(CpuBackend.groupSizes(streams, threads, true))
                .containsExactly(
                        Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray());
        assertThat(CpuBackend.groupSizes(streams, threads, false)).hasSize(streams).containsOnly(1);
    }

    /// Eight in step on the caller's thread, and twelve on two.
    @Timeout(300)
    @ParameterizedTest
    @MethodSource("wavenet4j.cpu.Networks#precisions")
    void allocatesNothingPerSample(Precision precision) {
        ModelSpec spec =
                Networks.spec(250, new Channels(20, 40, 130, 70), 3, List.of(1, 9, 2), Labels.NONE);
        var model = Model.initial(spec, 1);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int count : List.of(8, 12)) {
            var levels = new int[count][500];
            try (var streams = new CpuBackend().openStreams(model, precision, count / 6, count)) {
                // In time of this thread: on a busy machine the compiler takes longer too.
                long deadline = threads.getCurrentThreadCpuTime() + 60_000_000_000L;
                int still = 0;
                while (still < 3 && threads.getCurrentThreadCpuTime() < deadline) {
                    long before = threads.getTotalThreadAllocatedBytes();
                    long own = threads.getCurrentThreadAllocatedBytes();
                    streams.generate(levels, 0, levels[0].length);
                    own -= threads.getCurrentThreadAllocatedBytes();
                    // Of the others, the compiler's threads allocate nothing that counts here.
                    long all = before - threads.getTotalThreadAllocatedBytes();
                    still = own == 0 && -all < 1_000 ? still + 1 : 0;
                }
                assertThat(still).as("runs in a row that allocate nothing").isEqualTo(3);
            }
        }
    }
}
