package wavenet4j.cuda;

import wavenet4j.cuda.internal.driver.StubDriver;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Planner;
import wavenet4j.cuda.internal.plan.Planning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A card that is none: [StubDriver]'s, which runs the kernel's own source on the processor. All
/// but the hardware is as on a real one.
///
/// @param driver pretends to be `libcuda`
record EmulatedCard(StubDriver driver) {
    // Blocks of four warps: the emulation of sixteen takes as much longer.
    private static final int THREADS = 128;

    /// @param folder for the driver's library
    static EmulatedCard in(Path folder) throws IOException, InterruptedException {
        var driver = StubDriver.compile(folder);
        driver.reset();
        return new EmulatedCard(driver);
    }

    /// The backend as users have it, but for the size of the blocks.
    CudaBackend backend() {
        return backend((planner, spec, strict, streams) ->
                new Planner(planner.gpu(), THREADS, planner.reach()).plan(spec, strict, streams));
    }

    /// The backend with every network laid out in that way.
    CudaBackend backend(Layout.Link link) {
        return backend((planner, spec, strict, streams) ->
                new Planner(planner.gpu(), THREADS).plan(link, spec, strict, streams));
    }

    CudaBackend backend(Planning planning) {
        return backend(planning, Map.of());
    }

    CudaBackend backend(Planning planning, Map<String, String> environment) {
        return new CudaBackend(driver.file(), new EmulatedKernels(), planning, environment);
    }
}
