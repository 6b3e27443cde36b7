package wavenet4j.cli.scores;

import wavenet4j.cli.console.Console;
import wavenet4j.cli.console.ProgressLine;
import wavenet4j.notes.Score;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.counts.HeldOutBits;
import wavenet4j.notes.counts.HeldOutBits.Model;
import wavenet4j.notes.counts.Split;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The bits that count models need for held-out pieces, as a table.
final class BitsTable {
    private BitsTable() {}

    static Section section(List<CountedPieces> counted, Console console) {
        int models = Model.values().length * counted.size();
        int done = 0;
        var figures = new LinkedHashMap<String, Object>();
        var lines = new ArrayList<String>();
        try (var bar = new ProgressLine(console, "counting")) {
            for (CountedPieces pieces : counted) {
                Split<Score> scores = pieces.pieces().map(Kept::score);
                var bits = new EnumMap<Model, HeldOutBits>(Model.class);
                for (Model model : Model.values()) {
                    bar.count(done++, models, "models");
                    bits.put(model, pieces.music().bits(scores, model));
                }
                figures.put(pieces.music().name().toLowerCase(Locale.ROOT), figures(pieces, bits));
                lines.addAll(lines(pieces, bits));
            }
        }
        lines.add(
                "Each piece is moved to C major or A minor. A network of notes must need fewer"
                        + " bits");
        lines.add("than these for the same tokens of the same pieces.");
        return new Section("heldOutBits", figures, lines);
    }

    private static Map<String, Object> figures(
            CountedPieces counted, Map<Model, HeldOutBits> bits) {
        var map = new LinkedHashMap<String, Object>();
        map.put("token", counted.music().token());
        map.put("split", counted.rule());
        map.put("counted", names(counted.pieces().training()));
        map.put("tunedWith", names(counted.pieces().tuning()));
        map.put("heldOut", names(counted.pieces().heldOut()));
        bits.forEach((model, of) -> {
            var one = new LinkedHashMap<String, Object>();
            one.put("bits", of.bits());
            one.put("tokens", of.tokens());
            one.put("notes", of.notes());
            one.put("quarters", of.quarters().toDouble());
            one.put("bitsPerToken", of.perToken());
            one.put("bitsPerNote", of.perNote());
            one.put("bitsPerSixteenth", of.perSixteenth());
            map.put(model.name().toLowerCase(Locale.ROOT), one);
        });
        return map;
    }

    private static List<String> names(List<Kept> pieces) {
        return pieces.stream().map(Kept::name).toList();
    }

    private static List<String> lines(CountedPieces counted, Map<Model, HeldOutBits> bits) {
        CountedMusic music = counted.music();
        Split<Kept> pieces = counted.pieces();
        var lines = new ArrayList<String>();
        lines.add(
                "%-38s %8s %9s %12s"
                        .formatted(
                                "held-out bits of " + music.title(),
                                "a token",
                                music.note(),
                                "a sixteenth"));
        bits.forEach((model, of) ->
                lines.add(
                        "  %-36s %8.3f %9.3f %12.3f"
                                .formatted(
                                        name(model),
                                        of.perToken(),
                                        of.perNote(),
                                        of.perSixteenth())));
        lines.add(
                "  %,d pieces counted, %,d to tune with, %,d held out,"
                        .formatted(
                                pieces.training().size(),
                                pieces.tuning().size(),
                                pieces.heldOut().size()));
        lines.add("  " + counted.rule());
        lines.add("  " + music.token());
        lines.add("");
        return lines;
    }

    private static String name(Model model) {
        return switch (model) {
            case FIXED -> "counts of other pieces";
            case ADAPTIVE -> "and of the piece itself so far";
        };
    }
}
