package wavenet4j.notes.compose;

import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.LastToken;

import java.util.BitSet;
import java.util.List;

/// Constraints of lead sheets as the model takes them.
final class SheetDemands {
    private SheetDemands() {}

    /// A constraint's demand.
    ///
    /// @param start the tick of the sheet's beginning
    /// @param shift semitones up to the key of the tokens
    /// @throws IllegalArgumentException when it concerns several voices
    static Demand of(Constraint constraint, LeadSheetStyle style, int start, int shift) {
        List<LeadSheetToken> tokens = style.tokens();
        return switch (constraint) {
            case Constraint.Fixed(var onset, var key) -> {
                int at = start + Grid.tick(onset);
                yield Demand.of(
                        constraint.text(),
                        (tick, token) ->
                                tick == at
                                        ? tokens.get(token).pitch() == key + shift
                                        : tick > at || tick + tokens.get(token).length() <= at);
            }
            case Constraint.Allowed(var from, var to, var classes) -> {
                int first = start + Grid.tick(from);
                int end = start + Grid.tick(to);
                yield Demand.of(
                        constraint.text(),
                        (tick, token) ->
                                tick < first
                                        || tick >= end
                                        || tokens.get(token).isRest()
                                        || classes.contains(
                                                Math.floorMod(
                                                        tokens.get(token).pitch() - shift, 12)));
            }
            case Constraint.Range(var lowest, var highest) ->
                    Demand.of(
                            constraint.text(),
                            (_, token) ->
                                    tokens.get(token).isRest()
                                            || (tokens.get(token).pitch() - shift >= lowest
                                                    && tokens.get(token).pitch() - shift
                                                            <= highest));
            case Constraint.Meter(var step, var everyBarLine) ->
                    Demand.of(
                            constraint.text(),
                            (_, token) ->
                                    Grid.quarters(tokens.get(token).slot()).over(step).denominator()
                                                    == 1
                                            && !(everyBarLine
                                                    && tokens.get(token).slot()
                                                                    + tokens.get(token).length()
                                                            > style.barTicks()));
            case Constraint.Ends(var pitchClass) -> {
                var last = new BitSet();
                for (int i = 0; i < tokens.size(); i++) {
                    LeadSheetToken token = tokens.get(i);
                    boolean ends = Math.floorMod(token.pitch() - shift, 12) == pitchClass;
                    last.set(i, ends && !token.isRest());
                }
                yield Demand.of(constraint.text(), new LastToken(last));
            }
            case Constraint.NoCopyLongerThan(var length) ->
                    Demand.of(
                            constraint.text(),
                            new CopyAutomaton(tokens, style.pieces(), Grid.tick(length)));
            case Constraint.NoParallels() ->
                    throw new IllegalArgumentException(
                            "a lead sheet has one voice, but %s takes two or more; leave it out"
                                    .formatted(constraint.text()));
        };
    }
}
