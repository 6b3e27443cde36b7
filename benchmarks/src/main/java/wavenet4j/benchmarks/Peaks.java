package wavenet4j.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/// The peaks of one core: fused multiply-adds in registers, and reading from each memory level.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Peaks {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 10_000;
    private static final int CHAINS = 12; // of two units, each with a latency of up to 6 cycles
    private static final int READ_AT_ONCE = 8; // vectors
    private static final long LEAST_BYTES = 1 << 22; // of an invocation, to hide its overhead

    /// Independent chains of fused multiply-adds.
    @Benchmark
    public float multiplyAdd(Factor factor, Work work) {
        var m = FloatVector.broadcast(FLOATS, factor.factor);
        var a0 = FloatVector.broadcast(FLOATS, 0);
        var a1 = FloatVector.broadcast(FLOATS, 1);
        var a2 = FloatVector.broadcast(FLOATS, 2);
        var a3 = FloatVector.broadcast(FLOATS, 3);
        var a4 = FloatVector.broadcast(FLOATS, 4);
        var a5 = FloatVector.broadcast(FLOATS, 5);
        var a6 = FloatVector.broadcast(FLOATS, 6);
        var a7 = FloatVector.broadcast(FLOATS, 7);
        var a8 = FloatVector.broadcast(FLOATS, 8);
        var a9 = FloatVector.broadcast(FLOATS, 9);
        var a10 = FloatVector.broadcast(FLOATS, 10);
        var a11 = FloatVector.broadcast(FLOATS, 11);
        for (int i = 0; i < ROUNDS; i++) {
            a0 = a0.fma(m, m);
            a1 = a1.fma(m, m);
            a2 = a2.fma(m, m);
            a3 = a3.fma(m, m);
            a4 = a4.fma(m, m);
            a5 = a5.fma(m, m);
            a6 = a6.fma(m, m);
            a7 = a7.fma(m, m);
            a8 = a8.fma(m, m);
            a9 = a9.fma(m, m);
            a10 = a10.fma(m, m);
            a11 = a11.fma(m, m);
        }
        work.multiplyAdds += (long) ROUNDS * CHAINS * FLOATS.length();
        var sum = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
        return sum.add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
    }

    /// Reads an array repeatedly.
    @Benchmark
    public int read(Bytes bytes, Work work) {
        long step = INTS.vectorByteSize();
        var a0 = IntVector.zero(INTS);
        var a1 = IntVector.zero(INTS);
        var a2 = IntVector.zero(INTS);
        var a3 = IntVector.zero(INTS);
        for (int round = 0; round < bytes.rounds; round++) {
            for (long at = 0; at < bytes.length; at += READ_AT_ONCE * step) {
                a0 = a0.or(bytes.vector(at)).or(bytes.vector(at + step));
                a1 = a1.or(bytes.vector(at + 2 * step)).or(bytes.vector(at + 3 * step));
                a2 = a2.or(bytes.vector(at + 4 * step)).or(bytes.vector(at + 5 * step));
                a3 = a3.or(bytes.vector(at + 6 * step)).or(bytes.vector(at + 7 * step));
            }
        }
        work.bytes += bytes.rounds * bytes.length;
        return a0.or(a1).or(a2).or(a3).lane(0);
    }

    /// A factor unknown to the compiler, small enough that no chain overflows.
    @State(Scope.Thread)
    public static class Factor {
        /// The factor.
        public float factor = 0.5f;
    }

    /// An array of the working-set size of a memory level.
    @State(Scope.Thread)
    public static class Bytes {
        /// The memory level to read from.
        @Param({"L1", "L2", "L3", "MEMORY"})
        public MemoryLevel level = MemoryLevel.L1;

        private MemorySegment segment = MemorySegment.NULL;
        private long length;
        private long rounds;

        /// Writes the array, so that all pages are mapped.
        @Setup
        public void fill() {
            int atOnce = READ_AT_ONCE * INTS.vectorByteSize();
            length = level.working() / atOnce * atOnce;
            rounds = Math.ceilDiv(LEAST_BYTES, length);
            segment = Arena.ofAuto().allocate(length, 64).fill((byte) 1);
        }

        private IntVector vector(long at) {
            return IntVector.fromMemorySegment(INTS, segment, at, ByteOrder.nativeOrder());
        }
    }
}
