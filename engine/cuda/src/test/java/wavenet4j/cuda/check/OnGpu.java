package wavenet4j.cuda.check;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tests that need an NVIDIA GPU; a build shows them as skipped, and [GpuCheck] runs them.
@Tag("gpu")
@EnabledIfSystemProperty(
        named = OnGpu.PROPERTY,
        matches = "true",
        disabledReason = "runs on a host with an NVIDIA GPU: engine/cuda/gpu-check")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnGpu {
    /// The system property that enables them.
    String PROPERTY = "wavenet4j.gpu";
}
