package wavenet4j.cli.scores;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/// Which scores to measure, and whether by count models too.
public final class ScoreOptions {
    @Option(
            names = "--scores",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "Tells what a folder of MIDI, MusicXML and MXL files holds, with all folders"
                            + " below, or a single file: notes, meters and keys, what is left out"
                            + " and why, how voices move, and what the melodies are made of.")
    private Path path = Path.of("");

    @Option(
            names = "--bits",
            description =
                    "Tells as well how many bits count models need for pieces that they have not"
                            + " counted: what a network of notes must beat.")
    private boolean bits;

    Path path() {
        return path;
    }

    boolean bits() {
        return bits;
    }
}
