package wavenet4j.cuda.internal.compile;

import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Kernels for this machine: precompiled if there is one of the layout, else compiled by NVRTC and
/// cached.
///
/// @param environment the process's environment variables
public record CompiledKernels(Map<String, String> environment) implements KernelImages {
    @Override
    public Lookup<byte[]> image(Layout layout, GpuProperties gpu) {
        int architecture = KernelSource.architecture(gpu, layout);
        var ready = PrecompiledKernels.find(layout, architecture);
        if (ready.isPresent()) return new Found<>(ready.get());
        return switch (Nvrtc.find(null, environment)) {
            case Missing<Nvrtc>(var reason, var remedy) ->
                    new Missing<>(
                            "no precompiled kernel has this network's shape (%s), and %s"
                                    .formatted(layout.name(), reason),
                            remedy + ", to have one compiled");
            case Found<Nvrtc>(var nvrtc) -> {
                try (nvrtc) {
                    yield new Found<>(compile(nvrtc, layout, architecture, gpu));
                }
            }
        };
    }

    private byte[] compile(Nvrtc nvrtc, Layout layout, int architecture, GpuProperties gpu) {
        byte[] ptx =
                new PtxCache(folder())
                        .compile(
                                nvrtc,
                                KernelSource.main(),
                                KernelSource.headers(),
                                KernelSource.options(layout, architecture));
        if (nvrtc.version() <= gpu.driverVersion()) return ptx;
        String text = new String(ptx, StandardCharsets.UTF_8);
        return Ptx.forOldDrivers(text).getBytes(StandardCharsets.UTF_8);
    }

    private Path folder() {
        String cache = environment.get("XDG_CACHE_HOME");
        if (cache == null || cache.isBlank()) {
            cache = environment.getOrDefault("HOME", environment.getOrDefault("LOCALAPPDATA", "."));
            return Path.of(cache, ".cache", "wavenet4j", "kernels");
        }
        return Path.of(cache, "wavenet4j", "kernels");
    }
}
