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
import wavenet4j.cuda.internal.compile.KernelSource;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Kernel;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Generation on an NVIDIA GPU: one persistent kernel runs many ticks of all streams in a launch.
///
/// In float32, sums have a fixed order and the levels are those of the backend `reference`. In
/// float16, products run on the tensor cores; sums and the residual path are float32. Weights
/// rounded to bfloat16 run as float16, whose range holds them except for magnitudes below 6e-8.
public final class CudaBackend implements Backend {
    private static final String PATIENCE = "WAVENET4J_CUDA_PATIENCE";

    private final @Nullable Path driver;
    private final KernelImages images;
    private final Planning planning;
    private final Map<String, String> environment;

    /// The backend on the first GPU that the driver lists.
    public CudaBackend() {
        this(null, new CompiledKernels(System.getenv()), Planner::plan, System.getenv());
    }

    /// A backend with a driver, kernels and layouts of the caller's.
    ///
    /// @param driver the driver's library; null for the system's
    /// @param images where compiled kernels come from
    /// @param environment the process's environment variables
    CudaBackend(
            @Nullable Path driver,
            KernelImages images,
            Planning planning,
            Map<String, String> environment) {
        this.driver = driver;
        this.images = images;
        this.planning = planning;
        this.environment = environment;
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
        if (Gpu.absence(driver) instanceof Missing<Gpu>(var reason, var remedy)) {
            return new Availability.Absent(reason, remedy);
        }
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
        return switch (plans(spec, properties, false, 1)) {
            case Missing<List<Plan>>(var reason, var remedy) ->
                    new Availability.Missing(reason, remedy);
            case Found<List<Plan>>(var plans) -> {
                for (Plan plan : plans) {
                    if (images.image(plan.layout(), properties) instanceof Found<byte[]>) {
                        yield new Availability.Ready(
                                properties.name() + ", " + plan.describe(spec));
                    }
                }
                yield switch (images.image(plans.getFirst().layout(), properties)) {
                    case Missing<byte[]>(var reason, var remedy) ->
                            new Availability.Missing(reason, remedy);
                    case Found<byte[]> _ -> throw new AssertionError("it was not there before");
                };
            }
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
        long patience = patience();
        Gpu gpu = require(Gpu.open(driver, 0));
        try {
            boolean strict = precision == Precision.FLOAT32;
            var plans = require(plans(model.spec(), gpu.properties(), strict, count));
            @Nullable Lookup<byte[]> first = null;
            for (Plan plan : plans) {
                Lookup<byte[]> image = images.image(plan.layout(), gpu.properties());
                if (first == null) first = image;
                if (!(image instanceof Found<byte[]>(var found))) continue;
                Kernel kernel = gpu.load(found, KernelSource.FUNCTION);
                if (kernel.holds(plan.launch())) {
                    Model rounded = model.roundedTo(precision);
                    return new CudaStreams(rounded, count, plan, gpu, kernel, patience);
                }
                kernel.close();
            }
            if (first != null) require(first); // where there is no kernel at all, that is why
            throw unable(
                    "the card %s holds no layout of this network at once"
                            .formatted(gpu.properties().name()),
                    "take the backend cpu, or let other programs leave it more of the card");
        } catch (RuntimeException e) {
            gpu.close();
            throw e;
        }
    }

    /// How long a block waits for another, in nanoseconds.
    private long patience() {
        String seconds = environment.getOrDefault(PATIENCE, "2");
        try {
            double asked = Double.parseDouble(seconds);
            if (asked >= 0.1 && asked <= 3600) return Math.round(asked * 1e9);
        } catch (NumberFormatException _) {
            // as one that is out of range
        }
        throw new IllegalArgumentException(
                "%s is \"%s\"; it must be seconds, from 0.1 to 3600".formatted(PATIENCE, seconds));
    }

    @Override
    public String toString() {
        return name();
    }

    /// The layouts to try, the likely fastest first; the later ones are for cards that do not hold
    /// the first, or where there is no kernel of it.
    private Lookup<List<Plan>> plans(
            ModelSpec spec, GpuProperties properties, boolean strict, int streams) {
        if (!(spec.distribution() instanceof Distribution.Categorical)) {
            return new Missing<>(
                    "the network's distribution is %s, and the kernel draws from mu-law levels only"
                            .formatted(spec.distribution().describe()),
                    "take the backend cpu");
        }
        var plans = new LinkedHashSet<Plan>();
        for (Planner.Reach reach : Planner.Reach.values()) {
            var planner = new Planner(properties, Planner.THREADS, reach);
            switch (planning.plan(planner, spec, strict, streams)) {
                case Missing<Plan>(var reason, var remedy) -> {
                    return new Missing<>(reason, remedy);
                }
                case Found<Plan>(var plan) -> plans.add(plan);
            }
        }
        return new Found<>(List.copyOf(plans));
    }

    private <T> T require(Lookup<T> lookup) {
        return switch (lookup) {
            case Found<T>(var value) -> value;
            case Missing<T>(var reason, var remedy) -> throw unable(reason, remedy);
        };
    }

    private IllegalStateException unable(String reason, String remedy) {
        return new IllegalStateException(
                "the backend %s cannot run here: %s; %s".formatted(name(), reason, remedy));
    }
}
