package wavenet4j.train.report;

import static java.lang.String.format;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.samskivert.mustache.Mustache;

import org.jspecify.annotations.Nullable;

import wavenet4j.file.AtomicFile;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.Verdict;
import wavenet4j.train.run.RunFolder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/// The report of a run, `report.html` in its folder: the diagnosis, the curves, the previews and
/// the configuration on one page. The page embeds everything, so that it opens anywhere and loads
/// nothing. It is made from the files of the run alone, at any time.
public final class Report {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    private Report() {}

    /// Writes the report of a run as it is now.
    ///
    /// @param commands writes a command and its arguments in a line for a shell
    /// @return its file
    /// @throws IllegalArgumentException when the folder holds no run, or its configuration is
    ///   damaged
    public static Path write(Path run, Function<List<String>, String> commands) throws IOException {
        TrainConfig config = RunFolder.readConfig(run, Map.of());
        return write(run, config, Metrics.of(EventLog.of(run).read()), commands);
    }

    static Path write(
            Path run, TrainConfig config, Metrics metrics, Function<List<String>, String> commands)
            throws IOException {
        Page page = page(run, config, metrics, commands);
        var template =
                Mustache.compiler()
                        .zeroIsFalse(true)
                        .emptyStringIsFalse(true)
                        .withFormatter(Report::text)
                        .compile(own("report.html"));
        String html = template.execute(page);
        Path file = run.resolve("report.html");
        AtomicFile.write(file, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    /// The values of the template, which escapes all of them but the code and the data.
    ///
    /// @param progress from 0 to 1
    record Page(
            String name,
            String written,
            @Nullable Diagnosis diagnosis,
            List<Figure> figures,
            @Nullable Progress progress,
            List<Curves.Mark> marks,
            ReportSounds sounds,
            String config,
            @Nullable String corpus,
            Code code,
            String data) {
        boolean hasCurves() {
            return progress != null;
        }

        boolean hasMarks() {
            return !marks.isEmpty();
        }

        boolean hasSounds() {
            return !sounds.steps().isEmpty();
        }
    }

    /// How the run goes.
    ///
    /// @param command that does what the remedy says; may be empty
    record Diagnosis(
            boolean good, String verdict, String sentence, String remedy, String command) {}

    /// A number at the top of the page.
    record Figure(String name, String value, String note) {}

    record Progress(double share, String words) {}

    record Code(
            String style, String script, String chartStyle, String chartScript, String licence) {}

    private static @Nullable Diagnosis diagnosis(
            Path run,
            TrainConfig config,
            Metrics metrics,
            Function<List<String>, String> commands) {
        TrainingEvent.Diagnosed event = metrics.diagnosis();
        if (event == null) return null;
        List<String> command = Remedy.command(event, config, metrics.ended(), run);
        return new Diagnosis(
                event.verdict() == Verdict.LEARNING,
                event.verdict().words(),
                event.sentence(),
                event.remedy(),
                command.isEmpty() ? "" : commands.apply(command));
    }

    private static Page page(
            Path run, TrainConfig config, Metrics metrics, Function<List<String>, String> commands)
            throws IOException {
        var curves = Curves.of(metrics, config.network().distribution());
        return new Page(
                String.valueOf(run.toAbsolutePath().normalize().getFileName()),
                ZonedDateTime.now(ZoneId.systemDefault()).format(TIME),
                diagnosis(run, config, metrics, commands),
                figures(config, metrics, curves.uniformBits()),
                progress(metrics),
                curves.marks(),
                ReportSounds.of(run, metrics),
                config.toYaml(),
                corpus(run),
                new Code(
                        own("report.css"),
                        own("report.js"),
                        chart("dist/uPlot.min.css"),
                        chart("dist/uPlot.iife.min.js"),
                        chart("LICENSE")),
                // Only a string of JSON can hold this sign, and only it could end the script.
                JSON.writeValueAsString(curves).replace("<", "\\u003c"));
    }

    private static List<Figure> figures(TrainConfig config, Metrics metrics, double uniformBits) {
        var figures = new ArrayList<Figure>();
        var best = metrics.best();
        if (best != null) {
            String at = format(Locale.ROOT, "at step %,d", best.at().step());
            figures.add(
                    new Figure(
                            "Best held-out bits",
                            format(Locale.ROOT, "%.4f", best.event().bits()),
                            at));
        }
        if (!metrics.evaluations().isEmpty()) {
            String value =
                    format(Locale.ROOT, "%.4f", metrics.evaluations().getLast().event().bits());
            String note = plain(uniformBits) + " is a uniform distribution";
            figures.add(new Figure("Latest held-out bits", value, note));
        }
        Metrics.Moment latest = metrics.latest();
        long steps = config.training().schedule().steps();
        String ofSteps = steps == 0 ? "" : format(Locale.ROOT, "of %,d", steps);
        figures.add(new Figure("Step", format(Locale.ROOT, "%,d", latest.step()), ofSteps));
        double minutes = metrics.minutes(latest);
        if (!Double.isNaN(minutes)) {
            double most = config.training().schedule().minutes();
            String note = most == 0 ? "of training" : "of " + plain(most);
            figures.add(new Figure("Minutes", format(Locale.ROOT, "%,.1f", minutes), note));
        }
        if (!metrics.progress().isEmpty()) {
            double speed = metrics.progress().getLast().event().samplesPerSecond();
            figures.add(
                    new Figure("Speed", format(Locale.ROOT, "%,.0f", speed), "samples a second"));
        }
        return figures;
    }

    private static @Nullable Progress progress(Metrics metrics) {
        if (metrics.progress().isEmpty()) return null;
        if (metrics.ended()) return new Progress(1, "done");
        TrainingEvent.Progress latest = metrics.progress().getLast().event();
        String words = format(Locale.ROOT, "%.0f %% done", 100 * latest.progress());
        if (Double.isFinite(latest.secondsLeft())) {
            words +=
                    format(
                            Locale.ROOT,
                            ", about %,.0f minutes left",
                            Math.ceil(latest.secondsLeft() / 60));
        }
        return new Progress(latest.progress(), words);
    }

    private static @Nullable String corpus(Path run) throws IOException {
        try {
            byte[] text = Files.readAllBytes(run.resolve("corpus.txt"));
            return new String(text, StandardCharsets.UTF_8); // malformed file names included
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /// Counts get thousands separators; sizes in pixels, which are ints, must not.
    private static String text(Object value) {
        return value instanceof Long count ? format(Locale.ROOT, "%,d", count) : value.toString();
    }

    private static String plain(double value) {
        return NumberFormat.getInstance(Locale.ROOT).format(value);
    }

    private static String own(String name) throws IOException {
        return resource("/wavenet4j/train/report/" + name);
    }

    /// A file of the chart library, whose jar has its version in all paths.
    private static String chart(String name) throws IOException {
        var about = new Properties();
        about.load(
                new StringReader(resource("/META-INF/maven/org.webjars.npm/uplot/pom.properties")));
        return resource(
                "/META-INF/resources/webjars/uplot/%s/%s"
                        .formatted(about.getProperty("version"), name));
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = Report.class.getResourceAsStream(path)) {
            if (in == null) throw new FileNotFoundException("the program has no resource " + path);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
