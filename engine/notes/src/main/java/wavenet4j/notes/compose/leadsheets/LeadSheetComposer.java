package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Composer;
import wavenet4j.notes.compose.Composition;
import wavenet4j.notes.compose.Composition.Composed;
import wavenet4j.notes.compose.Composition.Infeasible;
import wavenet4j.notes.compose.Composition.Take;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.compose.Request;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.markov.ConstrainedModel;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.KneserNey;
import wavenet4j.notes.markov.Task;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Composes lead sheets: a variable-order Markov model of notes with their places in the bar and
/// their chords, conditioned exactly on everything that a request demands (Pachet and Roy 2011).
public final class LeadSheetComposer implements Composer {
    private final List<Piece> pieces;

    /// A piece that is learned from.
    ///
    /// @param name for reports
    /// @param melody the notes of its melody
    /// @param key its key
    public record Piece(String name, Score score, List<Note> melody, KeySignature key) {
        public Piece {
            melody = List.copyOf(melody);
        }

        private List<LeadSheet> sheets(int barTicks) {
            return new SheetReader(score, Form.shift(key), barTicks).read(melody);
        }
    }

    /// Learns from pieces; a request takes those in its meter and mode.
    public LeadSheetComposer(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /// The pieces that a form is composed from.
    public List<Piece> style(Form form) {
        return pieces.stream()
                .filter(piece -> form.suits(piece.score().timeline(), piece.key()))
                .toList();
    }

    @Override
    public Composition compose(Request request) {
        Form form = request.form();
        List<Piece> learned = style(form);
        if (learned.isEmpty()) return Infeasible.noPiece("", form);
        int barTicks = Grid.ticksOfBar(form.meter());
        int start = Grid.tick(form.start());
        int end = start + Grid.tick(form.length());
        Optional<GivenSheet> given =
                request.given().map(of -> GivenSheet.of(of, form.shift(), barTicks, end - start));
        List<LeadSheet> sheets =
                learned.stream().flatMap(of -> of.sheets(barTicks).stream()).toList();
        LeadSheetStyle style = style(barTicks, sheets, given);
        List<Demand> demands =
                new SheetDemands(style, start, end, form.shift())
                        .with(demands(style, sheets, given), request.constraints());
        KneserNey model = style.model(request.order());
        var task = new Task(model, demands, start, end);
        var kept = new KeptEvents(request.given(), form);
        return ConstrainedModel.of(task)
                .<Composition>map(conditioned ->
                        (Composed) seed -> take(conditioned, style, form, kept, seed))
                .orElseGet(() -> Infeasible.of(task));
    }

    /// Where all chords are given, of melodies alone.
    private static LeadSheetStyle style(
            int barTicks, List<LeadSheet> sheets, Optional<GivenSheet> given) {
        boolean melodies = given.filter(GivenSheet::hasAllChords).isPresent();
        var style =
                new LeadSheetStyle(
                        barTicks,
                        melodies ? sheets.stream().map(LeadSheet::withoutChords).toList() : sheets);
        given.map(of -> melodies ? of.melodyAlone() : of).ifPresent(of -> of.addTokens(style));
        return style;
    }

    private static List<Demand> demands(
            LeadSheetStyle style, List<LeadSheet> sheets, Optional<GivenSheet> given) {
        if (given.isEmpty()) return List.of();
        GivenSheet sheet = given.get();
        if (!sheet.hasAllChords()) {
            return List.of(
                    Demand.allowing(
                            "the notes and chords that are given", sheet.filter(style.tokens())));
        }
        var fit = new ChordFit(sheets.stream().map(LeadSheetToken::of).toList());
        return List.of(
                Demand.allowing(
                        "the notes that are given", sheet.melodyAlone().filter(style.tokens())),
                Demand.weighting("the chords that are given", sheet.fit(fit, style.tokens())));
    }

    private static Take take(
            ConstrainedModel model, LeadSheetStyle style, Form form, KeptEvents kept, long seed) {
        ConstrainedModel.Draw draw = model.draw(new SplittableRandom(seed));
        List<LeadSheetToken> tokens = Arrays.stream(draw.tokens()).mapToObj(style::token).toList();
        LeadSheet sheet = LeadSheetToken.sheet(style.barTicks(), tokens);
        return new Take(
                SheetWriter.score(sheet, form, kept, "Seed " + seed),
                -draw.logProbability() / Math.log(2),
                tokens.size());
    }
}
