package wavenet4j.notes.compose;

import wavenet4j.notes.markov.FailureAutomaton;
import wavenet4j.notes.markov.LastToken;
import wavenet4j.notes.markov.TimeFilter;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A constraint as the model takes it.
///
/// @param text what it demands
/// @param filter which tokens may begin when
/// @param automaton which sequences are accepted; absent where the filter says all
record CompiledConstraint(String text, TimeFilter filter, Optional<FailureAutomaton> automaton) {
    private static final TimeFilter ALL = (_, _) -> true;

    /// Of a lead sheet.
    ///
    /// @param start the tick of the sheet's beginning
    /// @param shift semitones up to the key of the tokens
    static CompiledConstraint of(
            Constraint constraint, LeadSheetStyle style, int start, int shift) {
        List<LeadSheetToken> tokens = style.tokens();
        return switch (constraint) {
            case Constraint.Fixed(var onset, var key) -> {
                int at = start + Grid.tick(onset);
                yield filter(
                        constraint,
                        (tick, token) ->
                                tick == at
                                        ? tokens.get(token).pitch() == key + shift
                                        : tick > at || tick + tokens.get(token).length() <= at);
            }
            case Constraint.Allowed(var from, var to, var classes) -> {
                int first = start + Grid.tick(from);
                int end = start + Grid.tick(to);
                yield filter(
                        constraint,
                        (tick, token) ->
                                tick < first
                                        || tick >= end
                                        || tokens.get(token).isRest()
                                        || classes.contains(
                                                Math.floorMod(
                                                        tokens.get(token).pitch() - shift, 12)));
            }
            case Constraint.Range(var lowest, var highest) ->
                    filter(
                            constraint,
                            (_, token) ->
                                    tokens.get(token).isRest()
                                            || (tokens.get(token).pitch() - shift >= lowest
                                                    && tokens.get(token).pitch() - shift
                                                            <= highest));
            case Constraint.Meter(var step, var everyBarLine) ->
                    filter(
                            constraint,
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
                yield automaton(constraint, new LastToken(last));
            }
            case Constraint.NoCopyLongerThan(var length) ->
                    automaton(
                            constraint,
                            new CopyAutomaton(tokens, style.pieces(), Grid.tick(length)));
            case Constraint.NoParallels() ->
                    new CompiledConstraint(
                            constraint.text(),
                            ALL,
                            Optional.empty()); // a melody has no second voice
        };
    }

    private static CompiledConstraint filter(Constraint constraint, TimeFilter filter) {
        return new CompiledConstraint(constraint.text(), filter, Optional.empty());
    }

    private static CompiledConstraint automaton(Constraint constraint, FailureAutomaton automaton) {
        return new CompiledConstraint(constraint.text(), ALL, Optional.of(automaton));
    }
}
