package wavenet4j.cli.compose;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ConsoleCommand;
import wavenet4j.cli.console.OptionNames;
import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.Tempo;
import wavenet4j.notes.compose.Composition;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.corpus.ScoreFile;
import wavenet4j.notes.statistics.Melody;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/// `wavenet-compose`: melodies with chords, or several voices, in the style of a folder of tunes.
@Command(
        name = "wavenet-compose",
        description = {
            "Composes melodies with chords, or several voices, in the style of a folder of tunes.",
            "",
            "leadsheet composes a whole sheet, or fills the empty bars of --fix; continue goes on"
                + " after SCORE; infill composes some bars of SCORE anew; chorale composes as many"
                + " voices as the tunes have. Each take is an exact draw from a model of the tunes"
                + " (what follows what, up to --order notes back) under all that the options demand"
                + " at once, and is written as MusicXML, as MIDI (of a sheet, with chords and"
                + " bass), and as a picture.%n"
        },
        sortOptions = false,
        abbreviateSynopsis = true)
public final class ComposeCommand extends ConsoleCommand {
    @Parameters(
            index = "0",
            paramLabel = "VERB",
            description = "leadsheet, continue, infill or chorale.")
    private Verb verb = Verb.LEADSHEET;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SCORE",
            description = "The tune that is continued or filled: MIDI, MusicXML or MXL.")
    private @Nullable Path score;

    @Option(
            names = "--style",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "The tunes to learn from: MIDI, MusicXML and MXL files, with all folders"
                            + " below. Those in the sheet's meter and mode are taken.")
    private Path style = Path.of("");

    @Option(
            names = "--bars",
            paramLabel = "N|A-B",
            description =
                    "How many bars (default: 32; for continue and chorale, 8), or for infill"
                            + " which, such as 5-8.")
    private @Nullable String bars;

    @Option(
            names = "--fix",
            paramLabel = "FILE",
            description =
                    "For leadsheet: a partial sheet, whose notes and chords are kept and whose"
                            + " empty bars are composed.")
    private @Nullable Path fix;

    @Option(
            names = "--chords",
            paramLabel = "LINE",
            description =
                    "The chords, such as \"C | Am | F G7 | C\"; they repeat to the end of the"
                            + " sheet (default: composed with the melody).")
    private @Nullable String chords;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Such as Eb or \"A minor\" (default: that of the given score, or C).")
    private @Nullable String key;

    @Option(
            names = "--meter",
            paramLabel = "M/N",
            description = "Such as 3/4 (default: that of the given score, or of most tunes).")
    private @Nullable String meter;

    @Option(
            names = "--tempo",
            paramLabel = "BPM",
            description = "Quarters a minute (default: that of the given score, or 120).")
    private @Nullable Double tempo;

    @Option(
            names = "--order",
            paramLabel = "N",
            description =
                    "The most notes, or onsets of several voices, that the model looks back, from 0"
                            + " to 12 (default: 4; for chorale, 2).")
    private @Nullable Integer order;

    @Option(
            names = "--no-copy-longer-than",
            paramLabel = "LENGTH",
            description =
                    "No stretch of the melody that lasts longer, such as 2bars or 6beats, is in a"
                            + " tune, in whatever key; off allows all (default: 2bars; not for"
                            + " chorale).")
    private @Nullable String longestCopy;

    @Option(
            names = "--no-parallels",
            description =
                    "For chorale: no two voices move in parallel fifths, octaves or unisons"
                            + " (default: as in the tunes).")
    private boolean noParallels;

    @Option(
            names = "--range",
            paramLabel = "LOW:HIGH",
            description =
                    "Of the melody, such as c4:g5, where c4 is middle C; for chorale, of all voices"
                            + " (default: any).")
    private @Nullable String range;

    @Option(
            names = "--ends",
            paramLabel = "NOTE",
            description =
                    "The last note: tonic, or a name such as G; for chorale, of the lowest voice"
                            + " (default: any).")
    private @Nullable String ends;

    @Option(
            names = "--takes",
            paramLabel = "N",
            description = "How many, each another one (default: ${DEFAULT-VALUE}).")
    private int takes = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed and options give the same takes (default: a new one).")
    private @Nullable Long seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description =
                    "The MusicXML file, .musicxml or .mxl; .mid and .png files of that name lie"
                            + " beside it (default: leadsheet.musicxml, or chorale.musicxml).")
    private @Nullable Path out;

    /// @param console to write to
    public ComposeCommand(Console console) {
        super(console);
    }

    @Override
    protected List<String> examples() {
        return List.of(
                "leadsheet --style ~/tunes",
                "leadsheet --style ~/tunes --bars 16 --meter 3/4 --key Eb --ends tonic --takes 5",
                "leadsheet --style ~/tunes --range c4:e5 --chords C|Am|F|G7",
                "leadsheet --style ~/tunes --fix mine.mxl --out filled.mxl",
                "continue mine.mid --style ~/tunes --bars 8",
                "infill mine.musicxml --style ~/tunes --bars 5-8",
                "chorale --style ~/hymns --bars 8 --no-parallels --ends tonic --takes 5");
    }

    @Override
    protected List<String> remarks() {
        return List.of("It needs no model and no training: the tunes are read each time.");
    }

    @Override
    protected @Nullable String here(String option) {
        return OptionNames.COMPOSE.find(option);
    }

    @Override
    public Integer call() throws IOException {
        requireOptionsOfVerb();
        if (takes < 1) throw usageError("--takes %d is no number of takes".formatted(takes));
        var output = new SheetOutput(out(), takes, console);
        ScoreCorpus corpus = ScoreCorpus.scan(style, OptionalInt.empty());
        Tunes tunes = verb == Verb.CHORALE ? Chorales.of(corpus) : LeadSheets.of(corpus);
        if (tunes.scores().isEmpty()) {
            String reasons = corpus.kept().isEmpty() ? corpus.reasons() : tunes.without();
            throw new IllegalArgumentException(
                    "%s has no tune to learn from: %s".formatted(style, reasons));
        }
        SheetPlan plan = plan(tunes);
        Form form = plan.form();
        List<Melody> taken = tunes.melodies(form);
        console.log("style", StyleLine.of(corpus, tunes, taken.size(), form));
        if (taken.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has no tune in %s and %s; take another --meter or --key, or more tunes"
                            .formatted(style, form.meter().signature(), StyleLine.mode(form)));
        }
        long first = seed == null ? new Random().nextInt(1_000_000_000) : seed;
        var request = new Request(form, plan.given(), constraints(form), order());
        return switch (tunes.composer().compose(request)) {
            case Composition.Composed composed -> {
                console.log("seed", Long.toString(first));
                String token = verb == Verb.CHORALE ? "an onset" : "a note";
                output.write(composed, first, taken, token);
                yield 0;
            }
            case Composition.Infeasible(var time, var reason) ->
                    throw new IllegalArgumentException(
                            "nothing can be composed beyond %s: %s; relax one of them, or add tunes"
                                    .formatted(plan.place(time), reason));
        };
    }

    private Path out() {
        String name = verb == Verb.CHORALE ? "chorale.musicxml" : "leadsheet.musicxml";
        return out == null ? Path.of(name) : out;
    }

    private int order() {
        if (order != null) return order;
        return verb == Verb.CHORALE ? 2 : 4;
    }

    private void requireOptionsOfVerb() {
        boolean needsScore = verb == Verb.CONTINUE || verb == Verb.INFILL;
        if (needsScore && score == null) throw usageError("%s needs a SCORE".formatted(name()));
        if (verb == Verb.LEADSHEET && score != null) {
            throw usageError("leadsheet takes no SCORE; a partial sheet is given by --fix");
        }
        if (verb == Verb.CHORALE && score != null) throw usageError("chorale takes no SCORE");
        if (verb != Verb.LEADSHEET && fix != null) throw usageError("--fix is for leadsheet");
        if (verb == Verb.CHORALE && chords != null) {
            throw usageError("--chords is for melodies; leave it out");
        }
        if (verb == Verb.CHORALE && longestCopy != null) {
            throw usageError("--no-copy-longer-than is for melodies; leave it out");
        }
        if (verb != Verb.CHORALE && noParallels) {
            throw usageError("--no-parallels is for chorale");
        }
        if (needsScore && meter != null)
            throw usageError("%s keeps the score's meter; leave out --meter".formatted(name()));
        if (verb == Verb.INFILL && bars == null) {
            throw usageError("infill needs the bars to compose, such as --bars 5-8");
        }
    }

    private String name() {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    private SheetPlan plan(Tunes tunes) throws IOException {
        Optional<KeySignature> asked = Optional.ofNullable(key).map(MusicText::key);
        Path given = fix == null ? score : fix;
        SheetPlan plan = given == null ? blank(tunes, asked) : planOf(read(given), asked);
        plan = withTempo(plan);
        if (chords == null) return plan;
        List<ChordSymbol> line = ChordLine.parse(chords, plan.form());
        return plan.withChords(line);
    }

    private SheetPlan blank(Tunes tunes, Optional<KeySignature> asked) {
        Meter of = meter == null ? tunes.commonMeter() : MusicText.meter(meter);
        boolean minor = tunes.isMinor();
        return SheetPlan.blank(
                new Form(
                        Fraction.ZERO,
                        span(verb == Verb.CHORALE ? 8 : 32).count(),
                        new Meter(Fraction.ZERO, of.beats(), of.unit()),
                        asked.orElse(new KeySignature(Fraction.ZERO, 0, minor)),
                        Tempo.of(Fraction.ZERO, 120)));
    }

    private SheetPlan planOf(Score of, Optional<KeySignature> asked) {
        return switch (verb) {
            case LEADSHEET -> SheetPlan.fill(of, span(32).count(), asked);
            case CONTINUE -> SheetPlan.after(of, span(8).count(), asked);
            case INFILL -> SheetPlan.within(of, infillSpan(), asked);
            case CHORALE -> throw new IllegalStateException("a chorale goes on after no score");
        };
    }

    /// A single number names that one bar here.
    private BarSpan infillSpan() {
        BarSpan span = span(1);
        boolean single = bars != null && !bars.contains("-");
        return single ? new BarSpan(span.to(), span.to()) : span;
    }

    private BarSpan span(int otherwise) {
        return bars == null ? new BarSpan(1, otherwise) : BarSpan.parse(bars);
    }

    private SheetPlan withTempo(SheetPlan plan) {
        if (tempo == null) return plan;
        if (!(tempo >= 10 && tempo <= 1000)) {
            throw new IllegalArgumentException(
                    "--tempo %s is not from 10 to 1000 quarters a minute".formatted(tempo));
        }
        Form form = plan.form();
        var with =
                new Form(
                        form.pickup(),
                        form.bars(),
                        form.meter(),
                        form.key(),
                        Tempo.of(Fraction.ZERO, tempo));
        return new SheetPlan(with, plan.given());
    }

    private Score read(Path file) throws IOException {
        ReadScore read = ScoreFile.read(file);
        for (String remark : read.remarks())
            console.log("note", file.getFileName() + ": " + remark);
        if (read.score().bars().isEmpty()) {
            throw new IllegalArgumentException(file + " has no bar; give a score with some");
        }
        int others = read.score().parts().size() - 1;
        if (others > 0) {
            console.log(
                    "note",
                    "%s: only the melody and the chord symbols are taken, %d other %s left out"
                            .formatted(file.getFileName(), others, others == 1 ? "part" : "parts"));
        }
        return read.score();
    }

    private List<Constraint> constraints(Form form) {
        var constraints = new ArrayList<Constraint>();
        if (range != null) {
            int[] keys = MusicText.range(range);
            constraints.add(new Constraint.Range(keys[0], keys[1]));
        }
        if (ends != null)
            constraints.add(new Constraint.Ends(MusicText.pitchClass(ends, form.key())));
        if (noParallels) constraints.add(new Constraint.NoParallels());
        String longest = longestCopy == null ? "2bars" : longestCopy;
        if (verb != Verb.CHORALE && !longest.equals("off")) {
            constraints.add(
                    new Constraint.NoCopyLongerThan(MusicText.length(longest, form.meter())));
        }
        return constraints;
    }
}
