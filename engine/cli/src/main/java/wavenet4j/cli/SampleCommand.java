package wavenet4j.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import wavenet4j.Generator;
import wavenet4j.ModelSpec;
import wavenet4j.Mulaw;
import wavenet4j.Sampling;
import wavenet4j.Take;
import wavenet4j.WaveNet;
import wavenet4j.audio.Speaker;
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
            "  wavenet-sample --play --seconds 60",
            "  wavenet-sample --play --out none --seconds 3600 --temperature 0.9",
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
                            + " is made; none writes nothing, for --play (default:"
                            + " ${DEFAULT-VALUE}).")
        private String out = "take.wav";

        @Option(
                names = "--play",
                description =
                        "Plays the take as it is made, beside writing it. Ctrl-C ends the sound at"
                                + " once and leaves a whole file.")
        private boolean play;

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
        if (file.isNone() && !wanted.play) {
            throw new IllegalArgumentException(
                    "--out none writes nothing, which makes sense only with --play");
        }
        console.say("model", ModelList.line(name, net));
        int[] primed = prime.levels(net, console);
        try (Speaker speaker = wanted.play ? speaker(spec.sampleRate()) : null;
                Generator generator = backend.open(net, console);
                var interruption =
                        new Interruption(() -> {
                            if (speaker != null) speaker.stop();
                        })) {
            console.say("take", describe(take));
            if (!spec.labels().names().isEmpty() && take.labels().isEmpty()) {
                console.say("note", "the model has labels and none is given; see --list --label");
            }
            generator.reset(take);
            generator.prime(primed, 0, primed.length);
            generate(generator, file, speaker, primed, samples, interruption);
        }
        return 0;
    }

    private Speaker speaker(int rate) throws IOException {
        try {
            return console.sound().open(rate);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage()
                            + "; leave out --play and play the file, or stream it to a player:"
                            + " --out - | aplay",
                    e);
        }
    }

    private void generate(
            Generator generator,
            TakeFile file,
            @Nullable Speaker speaker,
            int[] primed,
            long samples,
            Interruption interruption)
            throws IOException {
        ModelSpec spec = generator.model().spec();
        TakeSound sound;
        try (WavWriter writer = file.open(console, spec.sampleRate())) {
            sound = new TakeSound(spec.sampleRate(), writer, speaker);
            if (prime.keep()) sound.add(new Mulaw(spec.levels()).decode(primed), primed.length);
            generate(generator, sound, samples, interruption);
        } catch (IOException e) {
            // Whoever listened at the end of a pipe has heard enough.
            if (file.wav() != null || !isClosedPipe(e)) throw e;
            return;
        }
        if (speaker != null && speaker.underruns() > 0) {
            console.say(
                    "note",
                    "the sample loop was slower than real time, so the sound paused %d times; %s"
                            .formatted(
                                    speaker.underruns(),
                                    file.isNone() ? "a file would not" : "the file does not"));
        }
        Path wav = file.wav();
        if (file.isNone()) {
            console.say("played", sound.summary());
        } else if (wav != null) {
            console.say("wrote", wav + ", " + sound.summary());
            Path picture = TakeFile.pictureOf(wav);
            sound.draw(picture, String.valueOf(wav.getFileName()));
            console.say("wrote", picture.toString());
        }
        for (String warning : sound.warnings()) console.say("warning", warning);
    }

    private void generate(
            Generator generator, TakeSound sound, long samples, Interruption interruption)
            throws IOException {
        int rate = generator.model().spec().sampleRate();
        var chunk = new float[Math.max(1, rate / CHUNKS_PER_SECOND)];
        long done = 0;
        long nanos = 0; // of generating alone: playing waits
        try (var bar = new Bar(console, "generating", samples)) {
            while (done < samples && !interruption.requested()) {
                int count = (int) Math.min(chunk.length, samples - done);
                long start = System.nanoTime();
                generator.generate(chunk, 0, count);
                nanos += System.nanoTime() - start;
                sound.add(chunk, count);
                bar.at(done += count);
            }
        }
        double seconds = nanos * 1e-9;
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
