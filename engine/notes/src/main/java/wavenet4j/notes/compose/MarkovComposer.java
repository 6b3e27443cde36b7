package wavenet4j.notes.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Note;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Composition.Composed;
import wavenet4j.notes.compose.Composition.Infeasible;
import wavenet4j.notes.compose.Composition.Sheet;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.markov.ConstrainedModel;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.KneserNey;
import wavenet4j.notes.markov.Task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Composes lead sheets: a variable-order Markov model of notes with their places in the bar and
/// their chords, conditioned exactly on everything that a request demands (Pachet and Roy 2011).
public final class MarkovComposer implements Composer {
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

        /// Whether it is in one meter all along, pickups aside.
        boolean isIn(Meter meter) {
            return score.timeline().meters().stream()
                    .allMatch(of -> of.signature().equals(meter.signature()));
        }

        private List<LeadSheet> sheets(Meter meter) {
            var form = new Form(Fraction.ZERO, 1, meter, key, score.timeline().tempos().getFirst());
            return new SheetReader(score, form.shift(), Grid.ticksOfBar(meter)).read(melody);
        }
    }

    /// Learns from pieces; a request takes those in its meter and mode.
    public MarkovComposer(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /// The pieces that a form is composed from.
    public List<Piece> style(Form form) {
        return pieces.stream()
                .filter(piece -> piece.isIn(form.meter()))
                .filter(piece -> piece.key().minor() == form.key().minor())
                .toList();
    }

    @Override
    public Composition compose(Request request, int takes, long seed) {
        Form form = request.form();
        int barTicks = Grid.ticksOfBar(form.meter());
        int pickup = Grid.tick(form.pickup());
        int start = pickup == 0 ? 0 : barTicks - pickup;
        int end = start + Grid.tick(form.length());
        var style =
                new LeadSheetStyle(
                        barTicks,
                        style(form).stream()
                                .flatMap(piece -> piece.sheets(form.meter()).stream())
                                .toList());
        List<Demand> demands = demands(request, style, start, end);
        KneserNey model =
                KneserNey.of(
                        style.timed(),
                        style.sequences(),
                        style.classes(),
                        style.prior(),
                        request.order());
        var task = new Task(model, demands, start, end);
        Optional<ConstrainedModel> conditioned = task.condition();
        return conditioned.isPresent()
                ? new Composed(draw(conditioned.get(), style, form, takes, seed))
                : Infeasible.of(task);
    }

    private static List<Demand> demands(Request request, LeadSheetStyle style, int start, int end) {
        int shift = request.form().shift();
        var demands = new ArrayList<Demand>();
        request.given()
                .ifPresent(of -> {
                    LeadSheet sheet = given(of.score(), shift, style.barTicks());
                    var given = new GivenSheet(sheet, end - start, of.melody(), of.chords());
                    given.addTokens(style);
                    demands.add(
                            Demand.of(
                                    "the notes and chords that are given",
                                    given.filter(style.tokens())));
                });
        for (Constraint constraint : request.constraints()) {
            demands.add(SheetDemands.of(constraint, style, start, shift));
        }
        return demands;
    }

    private static LeadSheet given(Score score, int shift, int barTicks) {
        List<Note> melody = score.parts().isEmpty() ? List.of() : score.parts().getFirst().notes();
        return new SheetReader(score, shift, barTicks).read(melody).getFirst();
    }

    private static List<Sheet> draw(
            ConstrainedModel model, LeadSheetStyle style, Form form, int takes, long seed) {
        return IntStream.range(0, takes)
                .mapToObj(take -> {
                    ConstrainedModel.Draw draw = model.draw(new SplittableRandom(seed + take));
                    List<LeadSheetToken> tokens =
                            Arrays.stream(draw.tokens()).mapToObj(style::token).toList();
                    LeadSheet sheet = LeadSheetToken.sheet(style.barTicks(), tokens);
                    String title = "Take %d of seed %d".formatted(take + 1, seed);
                    return new Sheet(
                            SheetWriter.score(sheet, form, title),
                            -draw.logProbability() / Math.log(2),
                            tokens.size());
                })
                .toList();
    }
}
