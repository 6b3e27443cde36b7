package wavenet4j.cuda.internal.compile;

import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.plan.Layout;

/// A source of compiled kernels.
public interface KernelImages {
    /// The kernel of that layout for that card, as the driver loads it, or why there is none.
    Lookup<byte[]> image(Layout layout, GpuProperties gpu);
}
