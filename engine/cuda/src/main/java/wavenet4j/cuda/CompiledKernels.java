package wavenet4j.cuda;

import wavenet4j.cuda.Finding.Found;
import wavenet4j.cuda.Finding.Missing;

import java.nio.file.Path;
import java.util.Map;

/// Kernels compiled on this machine for the very network, by NVRTC where it is found.
///
/// @param environment the process's environment variables
record CompiledKernels(Map<String, String> environment) implements KernelImages {
    @Override
    public Finding<byte[]> image(Layout layout, Card card) {
        return switch (Nvrtc.find(null, environment)) {
            case Missing<Nvrtc>(var reason, var remedy) -> new Missing<>(reason, remedy);
            case Found<Nvrtc>(var nvrtc) -> {
                try (nvrtc) {
                    var options =
                            KernelSource.options(layout, KernelSource.architecture(card, layout));
                    yield new Found<>(
                            new PtxCache(folder())
                                    .compile(
                                            nvrtc,
                                            KernelSource.main(),
                                            KernelSource.headers(),
                                            options));
                }
            }
        };
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
