package wavenet4j.cuda;

import org.jspecify.annotations.Nullable;

import wavenet4j.cuda.internal.compile.KernelImages;
import wavenet4j.cuda.internal.plan.Planning;

import java.nio.file.Path;

/// Backends with a driver, kernels and layouts of a test's own, for the tests of other packages.
public final class TestBackends {
    private TestBackends() {}

    public static CudaBackend of(@Nullable Path driver, KernelImages images, Planning planning) {
        return new CudaBackend(driver, images, planning, System.getenv());
    }
}
