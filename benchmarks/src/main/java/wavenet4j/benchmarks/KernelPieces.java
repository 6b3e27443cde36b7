package wavenet4j.benchmarks;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
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

import wavenet4j.ModelSpec;
import wavenet4j.cpu.internal.kernels.Product;
import wavenet4j.cpu.internal.kernels.VectorGate;
import wavenet4j.cpu.internal.kernels.VectorKernels;
import wavenet4j.cpu.internal.kernels.VectorPicker;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Sampling;
import wavenet4j.spec.Precision;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The kernels of a tick in isolation. An operation is all calls that one tick makes; each layer
/// has its own weights, so that they come from the same cache level as in the sample loop.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 1)
public class KernelPieces {
    /// Multiply-adds of a gated activation: two exponentials and their quotient.
    private static final int GATE_MULTIPLY_ADDS = 22;

    /// Multiply-adds of the exponential of a level.
    private static final int WEIGHT_MULTIPLY_ADDS = 10;

    /// Matrix-vector products.
    @Benchmark
    public float[] product(Products products, Work work) {
        work.multiplyAdds += products.multiplyAdds;
        work.bytes += products.bytes;
        return products.apply();
    }

    /// Gated activations.
    @Benchmark
    public float[] gate(Gates gates, Work work) {
        work.multiplyAdds += gates.multiplyAdds;
        return gates.apply();
    }

    /// Softmax and sampling, with its random number.
    @Benchmark
    public int pick(Picks picks, Work work) {
        work.multiplyAdds += picks.multiplyAdds;
        return picks.next();
    }

    /// The matrix-vector products of a tick.
    public enum Kind {
        /// The last tap of the dilated convolution.
        PRESENT,
        /// The residual convolution.
        RESIDUAL,
        /// The skip convolution.
        SKIP,
        /// The first layer of the head.
        HIDDEN,
        /// The second layer of the head.
        OUTPUT;

        private int count(ModelSpec spec) {
            return switch (this) {
                case PRESENT, SKIP -> spec.layers();
                case RESIDUAL -> spec.layers() - 1;
                case HIDDEN, OUTPUT -> 1;
            };
        }

        private int outputs(ModelSpec spec) {
            return switch (this) {
                case PRESENT -> 2 * spec.convolutions().gate();
                case RESIDUAL -> spec.convolutions().residual();
                case SKIP -> spec.trunk().skip();
                case HIDDEN -> spec.head().hidden();
                case OUTPUT -> spec.distribution().width();
            };
        }

        private int inputs(ModelSpec spec) {
            return switch (this) {
                case PRESENT -> spec.convolutions().residual();
                case RESIDUAL, SKIP -> spec.convolutions().gate();
                case HIDDEN -> spec.trunk().skip();
                case OUTPUT -> spec.head().hidden();
            };
        }
    }

    /// All products of one kind in a tick.
    @State(Scope.Thread)
    public static class Products {
        /// The shape of the network.
        @Param("MEDIUM")
        public ReferenceShape shape = ReferenceShape.MEDIUM;

        /// The precision of the weights.
        @Param({"BFLOAT16", "FLOAT32", "INT8"})
        public Precision precision = Precision.BFLOAT16;

        /// The kind of product.
        @Param({"PRESENT", "RESIDUAL", "SKIP", "HIDDEN", "OUTPUT"})
        public Kind kind = Kind.PRESENT;

        /// The number of streams computed together.
        @Param({"1", "8"})
        public int streams = 1;

        private Product[] products = {};
        private float[][] biases = {};
        private float[][] x = {};
        private float[][] sums = {};
        private final int[] at = new int[Product.BATCH];
        private Product.Scratch scratch = new Product.Scratch(0);
        private long multiplyAdds;
        private long bytes;

        /// Packs the weights.
        @Setup
        public void pack() {
            ModelSpec spec = shape.spec();
            int outputs = kind.outputs(spec);
            int inputs = kind.inputs(spec);
            var random = new Random(1);
            products = new Product[kind.count(spec)];
            for (int i = 0; i < products.length; i++) {
                var weight = uniform(random, outputs * inputs);
                products[i] = new VectorKernels().product(precision, weight, outputs, inputs);
            }
            int padded = Product.paddedOutputs(outputs);
            biases = Product.repeat(uniform(random, padded));
            x = new float[Product.BATCH][];
            for (int n = 0; n < x.length; n++) x[n] = uniform(random, Product.padded(inputs));
            sums = new float[Product.BATCH][padded];
            scratch = new Product.Scratch(padded);
            long weights = (long) products.length * outputs * inputs;
            multiplyAdds = weights * streams;
            bytes = weights * bytes(precision);
        }

        private float[] apply() {
            for (Product product : products) {
                if (streams == 1) {
                    product.apply(biases[0], x[0], 0, sums[0]);
                } else {
                    product.applyBatch(biases, x, at, sums, scratch);
                }
            }
            return sums[0];
        }

        /// Bytes of a weight, without the scale of its row.
        private static int bytes(Precision precision) {
            return switch (precision) {
                case FLOAT32 -> 4;
                case BFLOAT16, FLOAT16 -> 2;
                case INT8 -> 1;
            };
        }
    }

    /// The gated activations of all layers.
    @State(Scope.Thread)
    public static class Gates {
        /// The shape of the network.
        @Param("MEDIUM")
        public ReferenceShape shape = ReferenceShape.MEDIUM;

        private float[][] h = {};
        private float[] z = {};
        private int gates;
        private long multiplyAdds;

        /// Draws the inputs.
        @Setup
        public void draw() {
            ModelSpec spec = shape.spec();
            gates = Product.padded(spec.convolutions().gate());
            var random = new Random(1);
            h = new float[spec.layers()][];
            for (int i = 0; i < h.length; i++) h[i] = uniform(random, 2 * gates);
            z = new float[h.length * gates];
            multiplyAdds = (long) z.length * GATE_MULTIPLY_ADDS;
        }

        private float[] apply() {
            for (int i = 0; i < h.length; i++) VectorGate.apply(h[i], gates, z, i * gates);
            return z;
        }
    }

    /// One draw from the distribution.
    @State(Scope.Thread)
    public static class Picks {
        /// The shape of the network.
        @Param("MEDIUM")
        public ReferenceShape shape = ReferenceShape.MEDIUM;

        private @Nullable VectorPicker picker;
        private float[] logits = {};
        private long position;
        private long multiplyAdds;

        /// Draws the logits.
        @Setup
        public void draw() {
            int levels = shape.spec().levels();
            picker = new VectorPicker(levels);
            logits = uniform(new Random(1), levels);
            multiplyAdds = (long) levels * WEIGHT_MULTIPLY_ADDS;
        }

        private int next() {
            float uniform = Philox.uniform(1, position++, 0);
            return requireNonNull(picker).pick(logits, Sampling.DEFAULT, uniform);
        }
    }

    /// Random values in [-1, 1].
    private static float[] uniform(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = 2 * random.nextFloat() - 1;
        return values;
    }
}
