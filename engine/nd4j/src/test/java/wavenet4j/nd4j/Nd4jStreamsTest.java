package wavenet4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend;
import wavenet4j.spec.Precision;
import wavenet4j.testing.StreamsContract;
import wavenet4j.testing.TestModels;

import java.lang.management.ManagementFactory;
import java.util.List;

final class Nd4jStreamsTest extends StreamsContract {
    @Override
    protected Backend backend() {
        return Here.backend();
    }

    /// ND4J numbers every buffer, view and context that it hands to its deallocator, and asking
    /// takes a number too.
    @Test
    void aTickMakesNoArray() {
        ModelSpec spec = TestModels.spec(64, TestModels.channels(16), 3, List.of(1, 2, 4));
        var model = TestModels.random(spec, 2);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Streams streams = backend().openStreams(model, Precision.FLOAT32, 1, 8)) {
            var levels = new int[8][3000];
            streams.generate(levels, 0, 1000);
            long numbered = Nd4j.getDeallocatorService().nextValue();
            long bytes = Pointer.totalBytes();
            long heap = threads.getCurrentThreadAllocatedBytes();
            streams.generate(levels, 1000, 3000);
            heap = threads.getCurrentThreadAllocatedBytes() - heap;
            assertThat(Nd4j.getDeallocatorService().nextValue() - numbered).isOne();
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(bytes);
            int operations = spec.layers() * (spec.convolutions().kernelSize() + 6) - 2 + 9;
            assertThat(heap / 2000 / operations).as("bytes of heap an operation").isLessThan(1000);
        }
    }

    @Test
    void anArrayWouldBeCounted() {
        backend();
        long numbered = Nd4j.getDeallocatorService().nextValue();
        Nd4j.create(3).close();
        assertThat(Nd4j.getDeallocatorService().nextValue() - numbered).isGreaterThan(1);
    }
}
