package wavenet4j.cli.eval;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.audio.corpus.Corpus;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ConsoleCommand;
import wavenet4j.cli.console.Interruption;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.cli.eval.Scorer.Score;
import wavenet4j.cli.model.BackendOptions;
import wavenet4j.cli.model.ModelList;
import wavenet4j.cli.model.Models;
import wavenet4j.train.data.LabelRule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// `wavenet-eval`: how many bits a sample of real recordings costs under a model.
@Command(
        name = "wavenet-eval",
        description = {
            "Measures a model on recordings: bits per sample, by file and in all.",
            "",
            "Fewer is better; 8 is knowing nothing with 256 levels. The second column is bits per"
                + " sample of 16 bits, by which models with other levels can be compared: a level"
                + " of several 16-bit values costs what it takes to tell them apart on top. The"
                + " recordings are fed through the generator that makes takes, and treated as"
                + " training treated its own. Scored are the samples whose whole context is real"
                + " audio, and all of them where the model was trained with silence before each"
                + " recording.",
            "",
            "With --takes, it makes takes instead and tells whether they sound like the recordings:"
                + " level, silence, dynamics, brightness, noise and crackle beside the recordings'"
                + " own, and a distance beside that of the recordings from one another.%n"
        },
        sortOptions = false,
        abbreviateSynopsis = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  wavenet-eval runs/mine --data recordings --held-out",
            "  wavenet-eval digits --data fsdd --held-out",
            "  wavenet-eval piano --data piano-render-16k --takes 10 --temperature 0.9,1",
            "  wavenet-eval runs/mine --data recordings --takes 16 --seconds 20 --out takes",
            "  wavenet-eval runs/mine --data recordings --takes 10 --temperature 0.9,1,1.1"
                    + " --keep-temperature"
        })
public final class EvalCommand extends ConsoleCommand {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "A bundled model's name, a .safetensors file, or the folder of a training"
                            + " run, of which the best model is taken.")
    private String model = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the recordings, read with all below it.")
    private Path data = Path.of("");

    @Option(
            names = "--held-out",
            description =
                    "Scores only the recordings that the model's file names as held out from"
                            + " training.")
    private boolean heldOut;

    @Option(
            names = "--labels",
            paramLabel = "RULE",
            description =
                    "Where labels come from: none, folders, pattern:REGEX or csv:FILE (default: as"
                            + " in training).")
    private @Nullable String labels;

    @ArgGroup(
            exclusive = false,
            order = 1,
            heading =
                    "%nComparing the sound of takes with the recordings, instead of scoring"
                            + " these:%n")
    private @Nullable ComparisonOptions comparison;

    @ArgGroup(validate = false, order = 2, heading = "%nWhat computes:%n")
    private BackendOptions backend = new BackendOptions();

    public EvalCommand(Console console) {
        super(console);
    }

    /// A recording to score, or to compare takes with.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(Path file, int[] levels, Set<String> labels) {}

    @Override
    public Integer call() throws IOException {
        Model net = Models.load(model);
        console.say("model", ModelList.line(model, net));
        var takes = comparison == null ? null : new TakeComparison(model, net, comparison, console);
        Preprocessing treatment = Preprocessing.of(net);
        List<Item> items = read(net, treatment);
        if (takes != null) return takes.run(items, backend) ? 0 : 1;
        try (Generator generator = backend.open(net, console);
                var interruption = new Interruption()) {
            score(items, treatment.firstScored(net.spec()), generator, interruption);
        }
        String trained = net.training().get("heldOutBitsPerSample");
        if (heldOut && trained != null) {
            console.say(
                    "note", "training measured %s on windows of these files".formatted(trained));
        }
        return 0;
    }

    private void score(
            List<Item> items, int first, Generator generator, Interruption interruption) {
        int rate = generator.model().spec().sampleRate();
        var scorer = new Scorer(generator);
        Score total = Score.NONE;
        long done = 0;
        console.print("%10s %10s %9s  %s".formatted("bits", "of 16 bits", "seconds", "file"));
        long all = items.stream().mapToLong(item -> item.levels().length).sum();
        try (var bar = new ProgressLine(console, "scoring", all)) {
            for (Item item : items) {
                long before = done;
                Score score =
                        scorer.score(
                                item.levels(),
                                first,
                                item.labels(),
                                t -> bar.at(before + t),
                                interruption::requested);
                if (interruption.requested()) break;
                done += item.levels().length;
                total = total.plus(score);
                console.print(row(score, rate, item.file().toString()));
            }
        }
        String what = interruption.requested() ? "scored before the interruption" : "in all";
        if (total.samples() > 0) console.print(row(total, rate, what));
    }

    private static String row(Score score, int rate, String name) {
        return "%10.4f %10.4f %9.2f  %s"
                .formatted(
                        score.bitsPerSample(),
                        score.bitsPer16BitSample(),
                        (double) score.samples() / rate,
                        name);
    }

    private List<Item> read(Model net, Preprocessing treatment) throws IOException {
        ModelSpec spec = net.spec();
        String rule =
                labels != null
                        ? LabelRule.portable(labels, data)
                        : net.training().getOrDefault("labels", "none");
        LabelRule labelRule = LabelRule.parse(rule, data);
        var items = new ArrayList<Item>();
        for (var recording : recordings(net, treatment).entrySet()) {
            Path file = recording.getKey();
            Set<String> its = known(file, labelRule.labelsOf(file), spec);
            if (recording.getValue().length > treatment.firstScored(spec)) {
                items.add(new Item(file, recording.getValue(), its));
            } else {
                console.say("note", file + " is no longer than the receptive field: not scored");
            }
        }
        if (items.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no recording longer than the model's receptive field of %.2f s"
                            .formatted(data, (double) spec.receptiveField() / spec.sampleRate()));
        }
        return items;
    }

    private Map<Path, int[]> recordings(Model net, Preprocessing treatment) throws IOException {
        var recordings = new LinkedHashMap<Path, int[]>();
        if (!heldOut) {
            Corpus<int[]> corpus = scan(data, net.spec(), treatment);
            console.say(corpus.summary());
            for (var kept : corpus.kept()) recordings.put(kept.file(), kept.audio());
            return recordings;
        }
        for (Path file : heldOutFiles(net)) {
            Corpus<int[]> corpus = scan(data.resolve(file), net.spec(), treatment);
            if (corpus.kept().isEmpty()) {
                throw new IllegalArgumentException(
                        "the held-out recording %s cannot be used: it %s"
                                .formatted(file, corpus.leftOut().getFirst().reason()));
            }
            recordings.put(file, corpus.kept().getFirst().audio());
        }
        return recordings;
    }

    private static Corpus<int[]> scan(Path from, ModelSpec spec, Preprocessing treatment)
            throws IOException {
        return Corpus.scan(from, treatment.options(spec), clip -> treatment.levels(clip, spec));
    }

    /// The names come from a file that may be anybody's: they stay below the folder.
    private List<Path> heldOutFiles(Model net) {
        String names = net.training().get("heldOut");
        if (names == null || names.isBlank()) {
            throw new IllegalArgumentException(
                    "the file of %s does not say which recordings were held out; leave --held-out away"
                            .formatted(model));
        }
        List<Path> files = names.lines().map(Path::of).toList();
        for (Path file : files) {
            boolean below = !file.isAbsolute() && file.normalize().equals(file);
            if (!below || file.startsWith("..") || !Files.isRegularFile(data.resolve(file))) {
                throw new IllegalArgumentException(
                        "%s has no file %s, which the model names as held out; give the folder it was trained on"
                                .formatted(data, file));
            }
        }
        return files;
    }

    /// As in training, where a held-out recording may have a label that none to learn from has.
    private Set<String> known(Path file, Set<String> labels, ModelSpec spec) {
        var known = new TreeSet<>(labels);
        known.retainAll(spec.labels().names());
        if (known.size() < labels.size()) {
            console.say(
                    "note",
                    "%s: scored with %s only of its labels %s".formatted(file, known, labels));
        }
        return known;
    }
}
