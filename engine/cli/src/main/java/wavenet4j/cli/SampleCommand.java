package wavenet4j.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import wavenet4j.Generator;
import wavenet4j.ModelSpec;
import wavenet4j.Sampling;
import wavenet4j.Take;
import wavenet4j.WaveNet;
import wavenet4j.audio.WavWriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// `wavenet-sample`: a model in, new audio out.
@Command(
        name = "wavenet-sample",
        description = "Generates audio with a trained model.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  wavenet-sample --seconds 10",
            "  wavenet-sample digits --label 7,theo --seconds 1 --out seven.wav",
            "  wavenet-sample runs/mine --prime song.wav --keep-prime --temperature 0.95",
            "  wavenet-sample --seconds 60 --out - | aplay",
            "",
            "The same model, seed and options give the same file."
        })
final class SampleCommand extends Tool {
    private static final String DEFAULT_MODEL = "piano";
    private static final int SECONDS_MOST = 1_000_000;
    private static final int CHUNKS_PER_SECOND = 10;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description =
                    "A bundled model's name (see --list), a .safetensors file, or the folder of a"
                            + " training run, of which the best model is taken (default: piano).")
    private @Nullable String model;

    @Option(
            names = "--list",
            description = "Lists the bundled models and their labels, or describes MODEL.")
    private boolean list;

    @ArgGroup(validate = false, order = 1, heading = "%nThe take:%n")
    private TakeOptions wanted = new TakeOptions();

    static final class TakeOptions {
        @Option(
                names = "--seconds",
                paramLabel = "S",
                description = "Length of the new audio (default: ${DEFAULT-VALUE}).")
        private double seconds = 10;

        @Option(
                names = {"-o", "--out"},
                paramLabel = "FILE",
                description =
                        "Where the WAV goes, 16-bit mono, replacing what is there; its spectrogram"
                            + " goes beside it as PNG; - streams the WAV to standard output as it"
                            + " is made (default: ${DEFAULT-VALUE}).")
        private String out = "take.wav";

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Of the random numbers (default: a new one, which is printed).")
        private @Nullable Long seed;

        @Option(
                names = "--label",
                paramLabel = "NAME",
                description =
                        "A label of the model, such as digit=7, or its value alone where that is"
                                + " clear; repeat it, or put commas between several.")
        private List<String> labels = new ArrayList<>();
    }

    @ArgGroup(validate = false, order = 2, heading = "%nHow samples are drawn:%n")
    private SamplingOptions draw = new SamplingOptions();

    static final class SamplingOptions {
        @Option(
                names = "--temperature",
                paramLabel = "T",
                description =
                        "Below 1 safer, above 1 wilder, 0 always the likeliest (default:"
                                + " ${DEFAULT-VALUE}).")
        private float temperature = 1;

        @Option(
                names = "--top-k",
                paramLabel = "K",
                description = "Only the K likeliest levels; 0 is all (default: ${DEFAULT-VALUE}).")
        private int topK;

        @Option(
                names = "--top-p",
                paramLabel = "P",
                description =
                        "Only the likeliest levels that together reach this probability (default:"
                                + " ${DEFAULT-VALUE}).")
        private float topP = 1;
    }

    @ArgGroup(validate = false, order = 3, heading = "%nStarting from a recording:%n")
    private PrimeOptions prime = new PrimeOptions();

    @ArgGroup(validate = false, order = 4, heading = "%nWhat computes:%n")
    private BackendOptions backend = new BackendOptions();

    SampleCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            console.print(ModelList.describe(model == null ? Models.bundled() : List.of(model)));
            return 0;
        }
        String name = model == null ? DEFAULT_MODEL : model;
        WaveNet net = Models.load(name);
        ModelSpec spec = net.spec();
        long seed = wanted.seed == null ? new Random().nextInt(1_000_000_000) : wanted.seed;
        Take take =
                new Take(
                        seed,
                        new Sampling(draw.temperature, draw.topK, draw.topP),
                        Labels.resolve(wanted.labels, spec));
        long samples = samples(spec.sampleRate());
        var file = TakeFile.parse(wanted.out, prime.file());
        console.say("model", ModelList.line(name, net));
        int[] primed = prime.levels(net, console);
        try (Generator generator = backend.open(net, console);
                var interruption = new Interruption()) {
            console.say("take", describe(take));
            if (!spec.labels().names().isEmpty() && take.labels().isEmpty()) {
                console.say("note", "the model has labels and none is given; see --list --label");
            }
            generator.reset(take);
            generator.prime(primed, 0, primed.length);
            generate(generator, file, primed, samples, interruption);
        }
        return 0;
    }

    private void generate(
            Generator generator,
            TakeFile file,
            int[] primed,
            long samples,
            Interruption interruption)
            throws IOException {
        int rate = generator.model().spec().sampleRate();
        var sound = new TakeSound(generator.model().spec());
        try (WavWriter writer = file.open(console, rate)) {
            if (prime.keep()) sound.write(writer, primed, primed.length);
            generate(generator, sound, writer, samples, interruption);
        } catch (IOException e) {
            // Whoever listened at the end of a pipe has heard enough.
            if (file.wav() != null || !isClosedPipe(e)) throw e;
            return;
        }
        Path wav = file.wav();
        if (wav != null) {
            console.say("wrote", wav + ", " + sound.summary());
            Path picture = TakeFile.pictureOf(wav);
            sound.draw(picture, String.valueOf(wav.getFileName()));
            console.say("wrote", picture.toString());
        }
        for (String warning : sound.warnings()) console.say("warning", warning);
    }

    private void generate(
            Generator generator,
            TakeSound sound,
            WavWriter writer,
            long samples,
            Interruption interruption)
            throws IOException {
        int rate = generator.model().spec().sampleRate();
        var levels = new int[Math.max(1, rate / CHUNKS_PER_SECOND)];
        long done = 0;
        long start = System.nanoTime();
        try (var bar = new Bar(console, "generating", samples)) {
            while (done < samples && !interruption.requested()) {
                int count = (int) Math.min(levels.length, samples - done);
                generator.generate(levels, 0, count);
                sound.write(writer, levels, count);
                bar.at(done += count);
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        console.say(
                "made",
                "%.2f s of audio in %.2f s: %,.0f samples/s, %.1f times real time%s"
                        .formatted(
                                (double) done / rate,
                                seconds,
                                done / seconds,
                                done / seconds / rate,
                                done < samples ? " (stopped early)" : ""));
    }

    private static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }

    private long samples(int rate) {
        if (!(wanted.seconds > 0 && wanted.seconds <= SECONDS_MOST)) {
            throw new IllegalArgumentException(
                    "--seconds is %s; it must be above 0 and at most %,d"
                            .formatted(wanted.seconds, SECONDS_MOST));
        }
        return Math.max(1, Math.round(wanted.seconds * rate));
    }

    private static String describe(Take take) {
        Sampling sampling = take.sampling();
        var text = new StringBuilder("--seed " + take.seed());
        if (sampling.temperature() != 1)
            text.append(" --temperature ").append(sampling.temperature());
        if (sampling.topK() != 0) text.append(" --top-k ").append(sampling.topK());
        if (sampling.topP() != 1) text.append(" --top-p ").append(sampling.topP());
        for (String label : take.labels().keySet()) text.append(" --label ").append(label);
        return text.toString();
    }
}
