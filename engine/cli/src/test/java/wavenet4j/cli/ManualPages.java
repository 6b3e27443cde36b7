package wavenet4j.cli;

import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

import wavenet4j.audio.out.Speaker;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.console.Console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes the manual pages of all commands in AsciiDoc, for the profile `man`.
final class ManualPages {
    static final List<String> COMMANDS =
            List.of("wavenet-sample", "wavenet-train", "wavenet-eval", "wavenet-compose");

    private ManualPages() {}

    /// Writes them.
    ///
    /// @param args the folder to write to
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (String name : COMMANDS) {
            Path page = folder.resolve(name + ".adoc");
            try (var out = new PrintWriter(page.toFile(), StandardCharsets.UTF_8)) {
                write(name, out);
            }
        }
    }

    /// A command that writes nothing.
    static CommandLine commandLine(String name) {
        var console =
                new Console(
                        OutputStream.nullOutputStream(),
                        System.err,
                        0,
                        Speaker::open,
                        CommandLines.plain(name));
        return Main.commandLine(Main.command(console, name));
    }

    static void write(String name, PrintWriter out) {
        var spec = commandLine(name).getCommandSpec();
        // The page's title has it; what runs on this machine is not the page's.
        spec.versionProvider(() -> new String[] {"WaveNet4J"});
        ManPageGenerator.writeSingleManPage(out, spec);
    }
}
