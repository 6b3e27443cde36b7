package wavenet4j.cuda.check;

import static org.junit.jupiter.api.Assumptions.abort;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.cuda.TestBackends;
import wavenet4j.cuda.internal.compile.CompiledKernels;
import wavenet4j.cuda.internal.compile.KernelImages;
import wavenet4j.cuda.internal.driver.Driver;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.cuda.internal.plan.Planning;
import wavenet4j.spec.Precision;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// A GPU that is checked, real or emulated.
///
/// @param driver its driver's library; null for the system's
/// @param images where its kernels come from
/// @param threads of a block
/// @param wrapper applied to all streams that are opened, to make them fail
record CheckedGpu(
        GpuProperties properties,
        @Nullable Path driver,
        KernelImages images,
        int threads,
        UnaryOperator<Streams> wrapper) {

    /// The machine's first GPU; aborts the test where there is none, or no compiler for its
    /// kernels.
    static CheckedGpu first() {
        try (var gpu = open(null)) {
            var images = new CompiledKernels(System.getenv());
            var first =
                    new CheckedGpu(
                            gpu.properties(),
                            null,
                            images,
                            Planner.THREADS,
                            UnaryOperator.identity());
            var spec = CheckedNetwork.awkward().spec();
            switch (first.plan(Link.NONE, spec, Precision.FLOAT16, 1)) {
                case Found<Plan>(var plan) -> first.image(plan.layout());
                case Missing<Plan>(var reason, var remedy) -> abort(reason + "; " + remedy);
            }
            return first;
        }
    }

    private static Gpu open(@Nullable Path driver) {
        return switch (Gpu.open(driver, 0)) {
            case Found<Gpu>(var gpu) -> gpu;
            case Missing<Gpu>(var reason, var remedy) -> abort(reason + "; " + remedy);
        };
    }

    /// Name, capability, size and driver, for people.
    String describe() {
        return "%s (compute capability %d.%d, %d multiprocessors, driver for CUDA %s)"
                .formatted(
                        properties.name(),
                        properties.computeCapability() / 10,
                        properties.computeCapability() % 10,
                        properties.multiprocessors(),
                        Driver.versionName(properties.driverVersion()));
    }

    /// The GPU itself; closed by the caller.
    Gpu open() {
        return open(driver);
    }

    /// The kernel of a layout; aborts the test where there is no compiler for it.
    byte[] image(Layout layout) {
        return switch (images.image(layout, properties)) {
            case Found<byte[]>(var image) -> image;
            case Missing<byte[]>(var reason, var remedy) -> abort(reason + "; " + remedy);
        };
    }

    /// The plan in that layout, or why there is none.
    Lookup<Plan> plan(Link link, ModelSpec spec, Precision precision, int streams) {
        return planner().plan(link, spec, precision == Precision.FLOAT32, streams);
    }

    /// The plan in the layout that the planner chooses, or why there is none.
    Lookup<Plan> plan(ModelSpec spec, Precision precision, int streams) {
        return planner().plan(spec, precision == Precision.FLOAT32, streams);
    }

    Planner planner() {
        return new Planner(properties, threads);
    }

    /// Streams in the planner's layout.
    Streams open(CheckedNetwork network, Precision precision, int count) {
        return open(
                network,
                precision,
                count,
                (planner, spec, strict, streams) ->
                        new Planner(planner.gpu(), threads, planner.reach())
                                .plan(spec, strict, streams));
    }

    /// Streams in that layout.
    Streams open(Link link, CheckedNetwork network, Precision precision, int count) {
        return open(
                network,
                precision,
                count,
                (planner, spec, strict, streams) ->
                        new Planner(planner.gpu(), threads).plan(link, spec, strict, streams));
    }

    private Streams open(
            CheckedNetwork network, Precision precision, int count, Planning planning) {
        var backend = TestBackends.of(driver, images, planning);
        return wrapper.apply(backend.openStreams(network.model(), precision, 1, count));
    }
}
