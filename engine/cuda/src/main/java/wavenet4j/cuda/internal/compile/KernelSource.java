package wavenet4j.cuda.internal.compile;

import wavenet4j.cuda.internal.driver.GpuProperties;
import wavenet4j.cuda.internal.plan.Layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The kernel's CUDA C++ source, a resource.
public final class KernelSource {
    /// The function's name in there.
    public static final String FUNCTION = "wavenet";

    private static final String MAIN = "wavenet.cu";
    private static final List<String> HEADERS =
            List.of("device.cuh", "run.cuh", "product.cuh", "exchange.cuh", "pick.cuh");

    private KernelSource() {}

    /// The main file.
    public static String main() {
        return read(MAIN);
    }

    /// The headers by name.
    public static SequencedMap<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        for (String name : HEADERS) headers.put(name, read(name));
        return headers;
    }

    /// Compiler options. Without `--fmad=false` the compiler fuses multiplications and additions,
    /// and picks would differ from the processor's.
    ///
    /// @param architecture the least compute capability that shall run it, such as 90
    public static List<String> options(Layout layout, int architecture) {
        var options = new ArrayList<String>();
        options.add("--gpu-architecture=compute_" + architecture);
        options.add("--std=c++17");
        options.add("--fmad=false");
        options.addAll(layout.defines());
        return options;
    }

    /// The least architecture with the instructions that the layout uses: 75, 80 or 90.
    static int architecture(GpuProperties gpu, Layout layout) {
        if (layout.link() == Layout.Link.CLUSTER) return 90;
        return gpu.computeCapability() >= 80 ? 80 : 75;
    }

    private static String read(String name) {
        try (InputStream in = KernelSource.class.getResourceAsStream("/wavenet4j/cuda/" + name)) {
            if (in == null) throw new AssertionError("the jar lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
