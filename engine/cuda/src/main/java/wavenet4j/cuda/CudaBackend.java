package wavenet4j.cuda;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Conditioner;
import wavenet4j.backend.MemoryNeed;
import wavenet4j.cuda.internal.compile.CompiledKernels;
import wavenet4j.cuda.internal.compile.KernelImages;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.cuda.internal.plan.Planning;
import wavenet4j.cuda.internal.plan.WeightPacking;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Precision;

import java.nio.file.Path;
import java.util.List;

/// Generation on an NVIDIA GPU: one persistent kernel runs many ticks of all streams in a launch.
///
/// In float32, sums have a fixed order and the levels are those of the backend `reference`. In
/// float16, products run on the tensor cores; sums and the residual path are float32. Weights
/// rounded to bfloat16 run as float16, whose range holds them except for magnitudes below 6e-8.
public final class CudaBackend implements Backend {
    private final @Nullable Path driver;
    private final KernelImages images;
    private final Planning planning;

    /// The backend on the first GPU that the driver lists.
    public CudaBackend() {
        this(null, new CompiledKernels(System.getenv()), Planner::plan);
    }

    /// A backend with a driver, kernels and layouts of the caller's.
    ///
    /// @param driver the driver's library; null for the system's
    /// @param images where compiled kernels come from
    CudaBackend(@Nullable Path driver, KernelImages images, Planning planning) {
        this.driver = driver;
        this.images = images;
        this.planning = planning;
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public int speedRank() {
        return 200;
    }

    @Override
    public boolean usesGpu() {
        return true;
    }

    @Override
    public List<Precision> precisions() {
        return List.of(Precision.FLOAT16, Precision.BFLOAT16, Precision.FLOAT32);
    }

    @Override
    public Availability probe(ModelSpec spec) {
        return switch (Gpu.open(driver, 0)) {
            case Missing<Gpu>(var reason, var remedy) -> new Availability.Missing(reason, remedy);
            case Found<Gpu>(var gpu) -> {
                try (gpu) {
                    yield probe(spec, gpu.properties());
                }
            }
        };
    }

    private Availability probe(ModelSpec spec, GpuProperties properties) {
        return switch (plan(spec, properties, false, 1)) {
            case Missing<Plan>(var reason, var remedy) -> new Availability.Missing(reason, remedy);
            case Found<Plan>(var plan) ->
                    switch (images.image(plan.layout(), properties)) {
                        case Missing<byte[]>(var reason, var remedy) ->
                                new Availability.Missing(reason, remedy);
                        case Found<byte[]> _ ->
                                new Availability.Ready(
                                        properties.name() + ", " + plan.describe(spec));
                    };
        };
    }

    /// On the host; what the card lacks, its driver says.
    @Override
    public MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count) {
        int elementBytes = precision == Precision.FLOAT32 ? Float.BYTES : Short.BYTES;
        return new MemoryNeed(
                Conditioner.bytes(spec) + WeightPacking.bytes(spec),
                Math.max(
                        DelayLineMemory.bytesOfGroup(spec, count, elementBytes),
                        elementBytes * Layout.weights(spec)));
    }

    @Override
    public Streams start(Model model, Precision precision, int threads, int count) {
        Gpu gpu = require(Gpu.open(driver, 0));
        try {
            boolean strict = precision == Precision.FLOAT32;
            Plan plan = require(plan(model.spec(), gpu.properties(), strict, count));
            byte[] image = require(images.image(plan.layout(), gpu.properties()));
            return new CudaStreams(model.roundedTo(precision), count, plan, gpu, image);
        } catch (RuntimeException e) {
            gpu.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return name();
    }

    private Lookup<Plan> plan(
            ModelSpec spec, GpuProperties properties, boolean strict, int streams) {
        if (!(spec.distribution() instanceof Distribution.Categorical)) {
            return new Missing<>(
                    "the network's distribution is %s, and the kernel draws from mu-law levels only"
                            .formatted(spec.distribution().describe()),
                    "take the backend cpu");
        }
        return planning.plan(new Planner(properties, Planner.THREADS), spec, strict, streams);
    }

    private <T> T require(Lookup<T> lookup) {
        return switch (lookup) {
            case Found<T>(var value) -> value;
            case Missing<T>(var reason, var remedy) ->
                    throw new IllegalStateException(
                            "the backend %s cannot run here: %s; %s"
                                    .formatted(name(), reason, remedy));
        };
    }
}
