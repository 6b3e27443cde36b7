package wavenet4j.notes.compose.voices;

import wavenet4j.notes.KeySignature;
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
import wavenet4j.notes.statistics.VoiceLeading;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Composes several voices at once, as of a chorale: a variable-order Markov model of slices, what
/// all voices do from one onset to the next, conditioned exactly on everything that a request
/// demands (Pachet and Roy 2011).
public final class VoicesComposer implements Composer {
    private final List<Piece> pieces;
    private final int voices;

    /// A piece that is learned from.
    ///
    /// @param name for reports
    /// @param score in which each voice is a line
    /// @param key its key
    public record Piece(String name, Score score, KeySignature key) {
        /// How many voices it has.
        public int voices() {
            return VoiceLeading.voices(score).size();
        }
    }

    /// Learns from pieces; a request takes those in its meter and mode that have as many voices as
    /// are to be composed.
    public VoicesComposer(List<Piece> pieces, int voices) {
        this.pieces = pieces.stream().filter(piece -> piece.voices() == voices).toList();
        this.voices = voices;
    }

    /// The pieces that a form is composed from.
    public List<Piece> style(Form form) {
        return pieces.stream()
                .filter(piece -> form.suits(piece.score().timeline(), piece.key()))
                .toList();
    }

    @Override
    public Composition compose(Request request) {
        if (request.given().isPresent()) {
            throw new IllegalArgumentException(
                    "several voices are composed as a whole, and none of them is kept; leave out"
                            + " what is given");
        }
        Form form = request.form();
        int barTicks = Grid.ticksOfBar(form.meter());
        List<Piece> learned = style(form);
        if (learned.isEmpty()) {
            return Infeasible.noPiece("has %d voices and ".formatted(voices), form);
        }
        List<List<Slice>> read =
                learned.stream()
                        .flatMap(piece ->
                                new SliceReader(Form.shift(piece.key()), barTicks)
                                        .read(piece.score()).stream())
                        .toList();
        var style = new VoicesStyle(barTicks, read);
        int start = Grid.tick(form.start());
        int end = start + Grid.tick(form.length());
        List<Demand> demands =
                new VoicesDemands(style, start, end, form.shift()).of(request.constraints());
        KneserNey model = style.model(request.order());
        var task = new Task(model, demands, start, end);
        List<Slice> slices = style.slices();
        return ConstrainedModel.of(task)
                .<Composition>map(
                        conditioned -> (Composed) seed -> take(conditioned, slices, form, seed))
                .orElseGet(() -> Infeasible.of(task));
    }

    private static Take take(ConstrainedModel model, List<Slice> slices, Form form, long seed) {
        ConstrainedModel.Draw draw = model.draw(new SplittableRandom(seed));
        List<Slice> drawn = Arrays.stream(draw.tokens()).mapToObj(slices::get).toList();
        return new Take(
                VoicesWriter.score(drawn, form, "Seed " + seed),
                -draw.logProbability() / Math.log(2),
                drawn.size());
    }
}
