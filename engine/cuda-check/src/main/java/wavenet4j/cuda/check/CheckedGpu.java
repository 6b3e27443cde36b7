package wavenet4j.cuda.check;

import org.jspecify.annotations.Nullable;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.cuda.CudaBackend;
import wavenet4j.cuda.internal.compile.KernelImages;
import wavenet4j.cuda.internal.driver.CudaException;
import wavenet4j.cuda.internal.driver.Driver;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.spec.Precision;

import java.nio.file.Path;

/// A card that the checks run on.
///
/// @param driver its driver's library; null for the system's
/// @param images where its kernels come from
/// @param threads of a block
record CheckedGpu(
        GpuProperties card,
        @Nullable Path driver,
        KernelImages images,
        int threads,
        Opening opening) {
    /// How streams are opened: as users open them, or by a test that meddles with them.
    @FunctionalInterface
    interface Opening {
        Streams open(CudaBackend backend, Model model, Precision precision, int count);
    }

    static final Opening AS_USERS =
            (backend, model, precision, count) -> backend.openStreams(model, precision, 1, count);

    /// The first card, if it and a compiler for its kernels are there.
    static Lookup<CheckedGpu> find(@Nullable Path driver, KernelImages images, int threads) {
        return switch (Gpu.open(driver, 0)) {
            case Missing<Gpu>(var reason, var remedy) -> new Missing<>(reason, remedy);
            case Found<Gpu>(var gpu) -> {
                var rig = new CheckedGpu(gpu.properties(), driver, images, threads, AS_USERS);
                try (gpu) {
                    yield rig.compiles();
                } catch (CudaException e) {
                    yield new Missing<>(e.reason(), e.remedy());
                }
            }
        };
    }

    private Lookup<CheckedGpu> compiles() {
        return switch (plan(Link.NONE, CheckedNetwork.awkward().spec(), false, 1)) {
            case Missing<Plan>(var reason, var remedy) -> new Missing<>(reason, remedy);
            case Found<Plan>(var plan) ->
                    switch (images.image(plan.layout(), card)) {
                        case Missing<byte[]>(var reason, var remedy) ->
                                new Missing<>(reason, remedy);
                        case Found<byte[]> _ -> new Found<>(this);
                    };
        };
    }

    /// What the card and its driver are, for people.
    String describe() {
        return "%s (compute capability %d.%d, %d multiprocessors, driver for CUDA %s)"
                .formatted(
                        card.name(),
                        card.computeCapability() / 10,
                        card.computeCapability() % 10,
                        card.multiprocessors(),
                        Driver.versionName(card.driverVersion()));
    }

    /// The card itself, for what no stream shows; closed by the caller.
    Gpu open() {
        return switch (Gpu.open(driver, 0)) {
            case Found<Gpu>(var gpu) -> gpu;
            case Missing<Gpu>(var reason, var remedy) ->
                    throw new IllegalStateException(reason + "; " + remedy);
        };
    }

    /// How that network would be laid out in that way, or why not.
    Lookup<Plan> plan(Link link, ModelSpec spec, boolean strict, int streams) {
        return new Planner(card, threads).plan(link, spec, strict, streams);
    }

    /// Streams as the planner lays them out.
    Streams open(CheckedNetwork network, Precision precision, int count) {
        return open(
                network,
                precision,
                count,
                (planner, spec, strict, streams) ->
                        new Planner(planner.gpu(), threads).plan(spec, strict, streams));
    }

    /// Streams laid out in that way.
    Streams open(Link link, CheckedNetwork network, Precision precision, int count) {
        return open(
                network,
                precision,
                count,
                (planner, spec, strict, streams) ->
                        new Planner(planner.gpu(), threads).plan(link, spec, strict, streams));
    }

    private Streams open(
            CheckedNetwork network, Precision precision, int count, CudaBackend.Planning planning) {
        var backend = new CudaBackend(driver, images, planning);
        return opening.open(backend, network.model(), precision, count);
    }

    /// One stream as the planner lays it out.
    Generator openOne(CheckedNetwork network, Precision precision) {
        return new Generator(open(network, precision, 1));
    }
}
