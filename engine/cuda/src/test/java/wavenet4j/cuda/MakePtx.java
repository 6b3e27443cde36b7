package wavenet4j.cuda;

import wavenet4j.cuda.internal.compile.PrecompiledFiles;
import wavenet4j.cuda.internal.compile.PrecompiledKernels;
import wavenet4j.file.AtomicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Compiles the precompiled kernels with nvcc, and deletes those that are no longer wanted: `mvn -q
/// -Dquick -Pmake-ptx -pl engine/cuda -am process-test-classes`, to be called after every change to
/// the kernel's source.
final class MakePtx {
    private MakePtx() {}

    public static void main(String[] args) throws IOException {
        Path temporary = Files.createTempDirectory(Path.of("target"), "ptx-");
        var toolkit = new CudaToolkit(temporary);
        Files.createDirectories(PrecompiledFiles.FOLDER);
        var names = new HashSet<String>();
        long bytes = 0;
        for (PrecompiledFiles kernel : PrecompiledFiles.all()) {
            String ptx =
                    PrecompiledKernels.header(kernel.layout(), kernel.architecture())
                            + toolkit.compile(kernel.layout(), kernel.architecture());
            toolkit.assemble(ptx, kernel.architecture());
            Path file = PrecompiledFiles.FOLDER.resolve(kernel.name());
            AtomicFile.write(
                    file,
                    out -> {
                        var gzip = new GZIPOutputStream(out);
                        gzip.write(ptx.getBytes(StandardCharsets.US_ASCII));
                        gzip.finish();
                    });
            names.add(kernel.name());
            bytes += Files.size(file);
        }
        for (Path file : files()) {
            if (!names.contains(file.getFileName().toString())) Files.delete(file);
        }
        System.out.printf("%d kernels, %,d bytes%n", names.size(), bytes);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(PrecompiledFiles.FOLDER)) {
            return files.toList();
        }
    }
}
