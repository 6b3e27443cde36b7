package wavenet4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a run's `metrics.jsonl` tells so far. A line that cannot be read, such as the last one of a
/// killed process, is passed over; what a setback undid gives way to what is made in its place.
final class Metrics {
    private static final JsonMapper JSON = new JsonMapper();

    /// More than any run makes; what is beyond is damage.
    private static final long MOST_STEPS = 1L << 40;

    private final List<Progress> progress = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<Preview> previews = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private @Nullable Look best;
    private @Nullable Judgement judgement;

    private long step;
    private long made;

    /// Seconds of training by steps made.
    private final NavigableMap<Long, Double> clock = new TreeMap<>();

    /// When something was told.
    ///
    /// @param step as the run counts
    /// @param made steps until then, with those that setbacks undid
    record Moment(long step, long made) {}

    /// What belongs to a moment.
    sealed interface Told {
        Moment at();
    }

    /// See [TrainingEvent.Progress].
    record Progress(
            Moment at,
            double bits,
            double rate,
            double norm,
            double samplesPerSecond,
            double share,
            double secondsLeft)
            implements Told {}

    /// A look at the held-out recordings.
    record Look(Moment at, double bits) implements Told {}

    /// Takes of the averaged weights.
    record Preview(Moment at, List<String> labels, List<Take> takes) implements Told {}

    /// @param file of the sound, relative to the run's folder
    record Take(
            double temperature,
            String file,
            double decibels,
            double silentShare,
            double flatness) {}

    /// How the run does.
    ///
    /// @param verdict in one or two words
    /// @param remedy what to do, may be empty
    record Judgement(String verdict, String sentence, String remedy) {
        boolean good() {
            return verdict.equals("learning");
        }
    }

    /// Something to know when reading the curves.
    record Mark(Moment at, String text) {}

    private Metrics() {
        clock.put(0L, 0.0);
    }

    static Metrics read(Path file) throws IOException {
        var metrics = new Metrics();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                try {
                    metrics.add(JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    // the line a process died in
                }
            }
        } catch (NoSuchFileException e) {
            // nothing is told yet
        }
        return metrics;
    }

    List<Progress> progress() {
        return progress;
    }

    List<Look> looks() {
        return looks;
    }

    List<Preview> previews() {
        return previews;
    }

    List<Mark> marks() {
        return marks;
    }

    /// The latest of all.
    @Nullable Judgement judgement() {
        return judgement;
    }

    /// The look with the fewest bits, whether or not a setback undid it: its model is kept.
    @Nullable Look best() {
        return best;
    }

    /// The latest of all moments.
    Moment latest() {
        return new Moment(step, made);
    }

    /// Minutes of training: known at each look, and taken to pass evenly between them; no number
    /// before there is one.
    double minutes(Moment at) {
        if (clock.size() < 2) return Double.NaN;
        var before = clock.floorEntry(at.made());
        var after = clock.higherEntry(at.made());
        if (after == null) { // since the last look, as fast as before it
            after = clock.lastEntry();
            before = clock.lowerEntry(after.getKey());
        }
        double seconds = after.getValue() - before.getValue();
        long steps = after.getKey() - before.getKey();
        return (before.getValue() + seconds / steps * (at.made() - before.getKey())) / 60;
    }

    private void add(JsonNode line) {
        String event = line.path("event").asText();
        long its = line.path(event.equals("steppedback") ? "from" : "step").asLong(-1);
        if (its < 0 || its > MOST_STEPS) return;
        made += Math.max(0, its - step);
        step = its;
        var at = new Moment(step, made);
        switch (event) {
            case "progress" ->
                    put(
                            progress,
                            new Progress(
                                    at,
                                    number(line, "bits"),
                                    number(line, "rate"),
                                    number(line, "norm"),
                                    number(line, "samplesPerSecond"),
                                    number(line, "progress"),
                                    number(line, "secondsLeft")));
            case "validated" -> {
                var look = new Look(at, number(line, "bits"));
                put(looks, look);
                if (look.bits() < (best == null ? Double.POSITIVE_INFINITY : best.bits())) {
                    best = look;
                }
                double seconds = number(line, "seconds");
                if (Double.isFinite(seconds)) clock.put(made, seconds);
            }
            case "previewed" -> {
                var labels = line.path("labels").valueStream().map(JsonNode::asText).toList();
                put(previews, new Preview(at, labels, takes(line.path("takes"))));
            }
            case "judged" -> {
                var now =
                        new Judgement(
                                inWords(line.path("verdict").asText()),
                                line.path("sentence").asText(),
                                line.path("remedy").asText());
                if (judgement == null || !judgement.verdict().equals(now.verdict())) {
                    marks.add(new Mark(at, "Judged " + now.verdict() + ": " + now.sentence()));
                }
                judgement = now;
            }
            case "steppedback" -> {
                long to = Math.clamp(line.path("to").asLong(), 0, step);
                marks.add(
                        new Mark(
                                at,
                                String.format(
                                        Locale.ROOT,
                                        "Setback: %s; training went back to step %,d and goes on"
                                                + " with %.0f %% of the learning rate.",
                                        line.path("reason").asText(),
                                        to,
                                        100 * number(line, "rateScale"))));
                step = to;
            }
            case "partshalved" ->
                    marks.add(
                            new Mark(
                                    at,
                                    String.format(
                                            Locale.ROOT,
                                            "The memory did not suffice for %,d windows at once;"
                                                    + " training goes on with %,d at a time.",
                                            line.path("windows").asLong(),
                                            line.path("fewer").asLong())));
            default -> {} // nothing that a report shows
        }
    }

    /// The curves go by the steps, which a run makes anew after a setback.
    private static <T extends Told> void put(List<T> list, T next) {
        while (!list.isEmpty() && list.getLast().at().step() >= next.at().step()) {
            list.removeLast();
        }
        list.add(next);
    }

    private static List<Take> takes(JsonNode array) {
        var takes = new ArrayList<Take>();
        for (JsonNode take : array) {
            takes.add(
                    new Take(
                            number(take, "temperature"),
                            take.path("file").asText(),
                            number(take, "decibels"),
                            number(take, "silentShare"),
                            number(take, "flatness")));
        }
        return takes;
    }

    /// A number, which JSON has to write as text where it is infinite or none.
    private static double number(JsonNode line, String key) {
        return line.path(key).asDouble(Double.NaN);
    }

    private static String inWords(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
