package wavenet4j.cli.sample;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.audio.out.Speaker;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ConsoleCommand;
import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.console.OptionNames;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.cli.console.ResultStream;
import wavenet4j.cli.model.BackendOptions;
import wavenet4j.cli.model.ModelList;
import wavenet4j.cli.model.Models;
import wavenet4j.train.facts.RecordingFacts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// `wavenet-sample`: a model in, new audio out.
@Command(
        name = "wavenet-sample",
        description = "Generates audio with a trained model.",
        sortOptions = false,
        abbreviateSynopsis = true)
public final class SampleCommand extends ConsoleCommand {
    private static final String DEFAULT_MODEL = "piano";
    private static final int SECONDS_MOST = 1_000_000;
    private static final int CHUNKS_PER_SECOND = 10;
    private static final int TAKES_MOST = 1_000;

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
    private TakeOptions takeOptions = new TakeOptions();

    static final class TakeOptions {
        @Option(
                names = "--seconds",
                paramLabel = "S",
                description = "Length of the new audio (default: ${DEFAULT-VALUE}).")
        private double seconds = 10;

        @Option(
                names = "--takes",
                paramLabel = "N",
                description =
                        "Makes N takes together, in hardly more time than a few one by one. Their"
                                + " seeds count up from that of the first, and their files are"
                                + " numbered: take-1.wav, take-2.wav, ... (default:"
                                + " ${DEFAULT-VALUE}).")
        private int takes = 1;

        @Option(
                names = {"-o", "--out"},
                paramLabel = "FILE",
                description =
                        "Where the WAV goes, 16-bit mono, replacing what is there at its end (until"
                            + " then it is take.part.wav); its spectrogram goes beside it as PNG; -"
                            + " streams the WAV to standard output as it is made; none writes"
                            + " nothing, for --play (default: ${DEFAULT-VALUE}).")
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
                            + " clear; repeat it, or put commas between several. theo=0.3 gives it"
                            + " a share, which is 1 otherwise. Several with / between them go to"
                            + " the takes of --takes in turn.")
        private List<String> labels = new ArrayList<>();

        @Option(
                names = "--no-label",
                description =
                        "Gives no label, where otherwise the seed draws some of a model that has"
                                + " labels.")
        private boolean unlabelled;
    }

    @ArgGroup(validate = false, order = 2, heading = "%nHow samples are drawn:%n")
    private SamplingOptions samplingOptions = new SamplingOptions();

    static final class SamplingOptions {
        @Option(
                names = "--temperature",
                paramLabel = "T",
                split = ",",
                description =
                        "Below 1 safer, above 1 wilder, 0 always the likeliest; several, with"
                            + " commas between them, go to the takes of --takes in turn (default:"
                            + " the model's own, which wavenet-eval --keep-temperature wrote into"
                            + " it; else 1).")
        private List<Float> temperatures = new ArrayList<>();

        List<Float> temperatures(Model model) {
            return temperatures.isEmpty() ? List.of(model.sampling().temperature()) : temperatures;
        }

        @Option(
                names = "--top-k",
                paramLabel = "K",
                description =
                        "Only the K likeliest levels; 0 is all (default: ${DEFAULT-VALUE}). For"
                                + " models over mu-law levels, as --top-p.")
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

    /// @param console to write to
    public SampleCommand(Console console) {
        super(console);
    }

    @Override
    protected List<String> examples() {
        return List.of(
                "--seconds 10",
                "digits --label 7,theo --seconds 1 --out seven.wav",
                "digits --label 7 --label theo=0.3 --label nicolas=0.7",
                "digits --takes 3 --label 7 --label theo/nicolas/theo=0.5,nicolas=0.5",
                "drums --label kick --seconds 4 --out kicks.wav",
                "--prime take.wav --keep-prime --temperature 0.95 --out longer.wav",
                "--takes 8 --temperature 0.8,0.9,1,1.1 --out ideas.wav",
                "--play --seconds 60",
                "--play --out none --seconds 3600 --temperature 0.9",
                "--seconds 60 --out - | aplay");
    }

    @Override
    protected List<String> remarks() {
        return List.of("The same model, seed and options give the same file.");
    }

    @Override
    protected @Nullable String here(String option) {
        return OptionNames.SAMPLE.find(option);
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            console.print(
                    ModelList.describe(model == null ? Models.bundled() : List.of(model), console));
            return 0;
        }
        String name = model == null ? DEFAULT_MODEL : model;
        Model net = Models.load(name);
        ModelSpec spec = net.spec();
        TakePlan plan = plan(net);
        List<Take> takes = plan.takes();
        long samples = samples(spec.sampleRate());
        List<TakeFile> files =
                telling(TakeFile.parse(takeOptions.out, inputs(name), takes.size()), name, takes);
        if (files.getFirst().isNone() && !takeOptions.play) {
            throw new IllegalArgumentException(
                    "--out none writes nothing, which makes sense only with --play");
        }
        if (takes.size() > 1 && takeOptions.play) {
            throw new IllegalArgumentException(
                    "--play plays one take, and --takes is " + takes.size());
        }
        console.log("model", ModelList.line(name, net));
        int[] primed = prime.levels(net, console);
        try (Speaker speaker = takeOptions.play ? speaker(spec.sampleRate()) : null;
                Streams streams = backend.open(net, takes.size(), console)) {
            console.log("take", plan.describe());
            if (prime.usesExcerpt()) {
                streams.begin(takes);
            } else {
                for (int n = 0; n < takes.size(); n++) streams.reset(n, takes.get(n));
            }
            var primes = new int[takes.size()][];
            Arrays.fill(primes, primed);
            generate(streams, files, speaker, primes, samples);
        }
        return 0;
    }

    /// The outputs, each telling how its take is made again.
    private List<TakeFile> telling(List<TakeFile> files, String model, List<Take> takes) {
        var others = new ArrayList<>(prime.words());
        others.addAll(backend.words());
        if (takeOptions.unlabelled) others.add("--no-label");
        var recipe = new Recipe(model, takeOptions.seconds, others);
        var told = new ArrayList<TakeFile>();
        for (int n = 0; n < files.size(); n++) {
            told.add(files.get(n).telling(recipe.of(takes.get(n))));
        }
        return told;
    }

    /// What the take is made from, by what it is.
    private Map<String, Path> inputs(String model) throws IOException {
        var inputs = new LinkedHashMap<String, Path>();
        if (!Models.bundled().contains(model)) inputs.put("the model", Models.file(model));
        Path recording = prime.file();
        if (recording != null) inputs.put("the recording of --prime", recording);
        return inputs;
    }

    private TakePlan plan(Model net) {
        if (takeOptions.takes < 1 || takeOptions.takes > TAKES_MOST) {
            throw new IllegalArgumentException(
                    "--takes is %,d; it must be between 1 and %,d"
                            .formatted(takeOptions.takes, TAKES_MOST));
        }
        if (takeOptions.unlabelled && !takeOptions.labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "--no-label and --label exclude each other; leave one out");
        }
        long seed =
                takeOptions.seed == null ? new Random().nextInt(1_000_000_000) : takeOptions.seed;
        return TakePlan.of(
                net,
                takeOptions.takes,
                seed,
                new TakePlan.Drawing(
                        samplingOptions.temperatures(net),
                        samplingOptions.topK,
                        samplingOptions.topP),
                takeOptions.unlabelled ? null : takeOptions.labels);
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
            Streams streams,
            List<TakeFile> files,
            @Nullable Speaker speaker,
            int[][] primes,
            long samples)
            throws IOException {
        // Opened while Ctrl-C still ends the process at once: a pipe may have no reader.
        var outputs = new TakeOutputs(files, streams.model().spec(), console, speaker);
        try (var interruption =
                new Interruption(
                        () -> {
                            if (speaker != null) speaker.stop();
                        },
                        files.getFirst().isStream() ? 5 : Interruption.MOST_SECONDS)) {
            try (outputs) {
                try (var _ = new ProgressLine(console, "priming")) {
                    streams.prime(primes, 0, primes[0].length);
                }
                if (prime.keep()) outputs.add(primes, primes[0].length);
                generate(streams, outputs, samples, interruption);
                outputs.finish();
            } catch (IOException e) {
                // The reader at the end of the pipe has closed it: no error.
                if (!files.getFirst().isStream() || !ResultStream.isClosedPipe(e)) throw e;
                return;
            }
            report(files, outputs, speaker, streams.model());
        }
    }

    private void report(
            List<TakeFile> files, TakeOutputs outputs, @Nullable Speaker speaker, Model model)
            throws IOException {
        if (speaker != null && speaker.underruns() > 0) {
            console.log(
                    "note",
                    "the sample loop was slower than real time, so the sound paused %d times; %s"
                            .formatted(
                                    speaker.underruns(),
                                    files.getFirst().isNone()
                                            ? "a file would not"
                                            : "the file does not"));
        }
        for (int n = 0; n < files.size(); n++) {
            report(files.get(n), outputs.get(n), model);
        }
    }

    private void report(TakeFile file, TakeOutput sound, Model model) throws IOException {
        Path wav = file.wav();
        if (file.isNone()) {
            console.log("played", sound.summary());
        } else if (wav != null) {
            console.log("wrote", wav + ", " + sound.summary());
            Path picture = TakeFile.pictureOf(wav);
            sound.draw(picture, String.valueOf(wav.getFileName()), file.provenance());
            console.log("wrote", picture.toString());
        }
        boolean fromSilence = prime.fromSilence() && !model.info().primes().isEmpty();
        for (SoundFault fault : sound.faults(RecordingFacts.soundOf(model.info()))) {
            console.log("warning", FaultHelp.sentence(fault, fromSilence));
        }
    }

    private void generate(
            Streams streams, TakeOutputs outputs, long samples, Interruption interruption)
            throws IOException {
        int rate = streams.model().spec().sampleRate();
        var levels = new int[streams.count()][Math.max(1, rate / CHUNKS_PER_SECOND)];
        long done = 0;
        long nanos = 0; // of generating alone: playing waits
        try (var bar = new ProgressLine(console, "generating")) {
            while (done < samples && !interruption.requested()) {
                int count = (int) Math.min(levels[0].length, samples - done);
                long start = System.nanoTime();
                streams.generate(levels, 0, count);
                nanos += System.nanoTime() - start;
                outputs.add(levels, count);
                bar.seconds(done += count, samples, rate);
            }
        }
        double seconds = nanos * 1e-9;
        double speed = streams.count() * done / seconds;
        console.log(
                "made",
                "%s%.2f s of audio in %.2f s: %,.0f samples/s, %.1f times real time%s"
                        .formatted(
                                streams.count() == 1 ? "" : streams.count() + " times ",
                                (double) done / rate,
                                seconds,
                                speed,
                                speed / rate,
                                done < samples ? " (stopped early)" : ""));
    }

    private long samples(int rate) {
        if (!(takeOptions.seconds > 0 && takeOptions.seconds <= SECONDS_MOST)) {
            throw new IllegalArgumentException(
                    "--seconds is %s; it must be above 0 and at most %,d"
                            .formatted(takeOptions.seconds, SECONDS_MOST));
        }
        return Math.max(1, Math.round(takeOptions.seconds * rate));
    }
}
