import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import java.nio.file.Files;
import java.nio.file.Path;

/// Formats every Java source of the project, or with `check` fails when one is not formatted. A
/// program of its own because google-java-format parses Java 25 only when it runs on a JDK 25,
/// while Maven itself may run on an older one.
void main(String[] args) throws Exception {
    boolean check = args[0].equals("check");
    var options = JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build();
    var formatter = new Formatter(options);
    int unformatted = 0;
    try (var tree = Files.walk(Path.of(args[1]))) {
        for (Path file : (Iterable<Path>) tree.filter(this::isSource)::iterator) {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (source.equals(formatted)) continue;
            if (check) {
                IO.println("not formatted: " + file);
                unformatted++;
            } else {
                Files.writeString(file, formatted);
                IO.println("formatted " + file);
            }
        }
    }
    if (unformatted > 0) {
        IO.println("Run: mvn -N process-sources -Dformat=write");
        System.exit(1);
    }
}

boolean isSource(Path file) {
    for (Path part : file) if (part.toString().equals("target")) return false;
    return file.toString().endsWith(".java");
}
