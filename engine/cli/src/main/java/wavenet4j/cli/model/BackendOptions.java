package wavenet4j.cli.model;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.backend.Backends;
import wavenet4j.cli.console.Console;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The options that choose what runs a model.
public final class BackendOptions {
    /// A [Precision], or the one the model is stored in.
    enum PrecisionChoice {
        AUTO(null),
        FLOAT32(Precision.FLOAT32),
        BFLOAT16(Precision.BFLOAT16),
        FLOAT16(Precision.FLOAT16),
        INT8(Precision.INT8);

        private final @Nullable Precision precision;

        PrecisionChoice(@Nullable Precision precision) {
            this.precision = precision;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "What computes: auto takes the fastest that is ready and says which; cpu,"
                            + " reference and any other name never fall back (default:"
                            + " ${DEFAULT-VALUE}).")
    private String backend = "auto";

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "Precision of the weights while it runs: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}, as the model is stored, which loses nothing)."
                            + " int8 costs the piano model a thousandth of a bit and pays where a"
                            + " model is too large for the processor's cache. Not every backend"
                            + " runs all.")
    private PrecisionChoice precision = PrecisionChoice.AUTO;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Use at most N threads, which never changes the take (default: as many as the"
                            + " processor runs and the backend gains by).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /// The options that may change a sample, as words of a command line.
    public List<String> words() {
        var words = new ArrayList<String>();
        if (!backend.equals("auto")) words.addAll(List.of("--backend", backend));
        if (precision != PrecisionChoice.AUTO) {
            words.addAll(List.of("--precision", precision.toString()));
        }
        return words;
    }

    /// Opens a generator, and prints in one line what it runs on.
    public Generator open(Model model, Console console) {
        Backends.Choice choice = choice(model);
        Generator generator = choice.backend().open(model, precision(model), threads);
        report(choice, generator.threads(), model, console);
        return generator;
    }

    /// Opens that many streams, and prints in one line what they run on.
    public Streams open(Model model, int count, Console console) {
        Backends.Choice choice = choice(model);
        Streams streams = choice.backend().openStreams(model, precision(model), threads, count);
        report(choice, streams.threads(), model, console);
        return streams;
    }

    private Backends.Choice choice(Model model) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "--threads is " + threads + "; it must be 1 or more");
        }
        return backend.equals("auto")
                ? Backends.fastest(model.spec())
                : Backends.named(backend, model.spec());
    }

    private Precision precision(Model model) {
        return precision.precision == null ? model.precision() : precision.precision;
    }

    private void report(Backends.Choice choice, int threads, Model model, Console console) {
        console.log(
                "backend",
                "%s, %s weights, %d thread%s: %s"
                        .formatted(
                                choice.backend().name(),
                                precision(model),
                                threads,
                                threads == 1 ? "" : "s",
                                choice.reason()));
    }
}
