package wavenet4j.cuda;

import wavenet4j.cuda.Finding.Found;
import wavenet4j.cuda.Finding.Missing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The kernels of a machine: a ready-made one where there is one of this layout, else one compiled
/// by NVRTC, now or in an earlier run, where that is found.
///
/// @param environment the process's environment variables
record CompiledKernels(Map<String, String> environment) implements KernelImages {
    @Override
    public Finding<byte[]> image(Layout layout, Card card) {
        int architecture = KernelSource.architecture(card, layout);
        var ready = ReadyMadeKernels.find(layout, architecture);
        if (ready.isPresent()) return new Found<>(ready.get());
        return switch (Nvrtc.find(null, environment)) {
            case Missing<Nvrtc>(var reason, var remedy) ->
                    new Missing<>(
                            "the ready-made kernels have none for this network's shape (%s), and %s"
                                    .formatted(layout.name(), reason),
                            remedy + ", to have one compiled");
            case Found<Nvrtc>(var nvrtc) -> {
                try (nvrtc) {
                    yield new Found<>(compile(nvrtc, layout, architecture, card));
                }
            }
        };
    }

    private byte[] compile(Nvrtc nvrtc, Layout layout, int architecture, Card card) {
        byte[] ptx =
                new PtxCache(folder())
                        .compile(
                                nvrtc,
                                KernelSource.main(),
                                KernelSource.headers(),
                                KernelSource.options(layout, architecture));
        if (nvrtc.version() <= card.driverVersion()) return ptx;
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
