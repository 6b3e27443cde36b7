package wavenet4j.notes.compose.leadsheets;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.LastToken;
import wavenet4j.notes.markov.Task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// What a request demands, as the model takes it.
final class SheetDemands {
    private final LeadSheetStyle style;
    private final List<LeadSheetToken> tokens;
    private final int start;
    private final int end;
    private final int shift;

    /// @param start the tick of the sheet's beginning
    /// @param shift semitones up to the key of the tokens
    SheetDemands(LeadSheetStyle style, int start, int end, int shift) {
        this.style = style;
        tokens = style.tokens();
        this.start = start;
        this.end = end;
        this.shift = shift;
    }

    /// Those of constraints added to others.
    ///
    /// @throws IllegalArgumentException when a constraint concerns several voices, or a time that
    ///   is not on the grid or not within the sheet
    List<Demand> with(List<Demand> others, List<Constraint> constraints) {
        var demands = new ArrayList<>(others);
        // Last the limit of copies: which stretches can become too long depends on all others.
        constraints.stream()
                .sorted(Comparator.comparing(of -> of instanceof Constraint.NoCopyLongerThan))
                .forEach(constraint -> demands.add(of(constraint, demands)));
        return demands;
    }

    private Demand of(Constraint constraint, List<Demand> others) {
        String text = constraint.text();
        return switch (constraint) {
            case Constraint.Fixed(var onset, var key) -> {
                int at = tick(onset, constraint);
                BitSet fixed = tokensThat(token -> token.pitch() == key + shift);
                yield Demand.allowing(
                        text,
                        (tick, token) ->
                                tick == at
                                        ? fixed.get(token)
                                        : tick > at || tick + tokens.get(token).length() <= at);
            }
            case Constraint.Allowed(var from, var to, var classes) -> {
                int first = tick(from, constraint);
                int last = start + Grid.exactTick(to);
                BitSet allowed =
                        tokensThat(token -> token.isRest() || classes.contains(pitchClass(token)));
                yield Demand.allowing(
                        text, (tick, token) -> tick < first || tick >= last || allowed.get(token));
            }
            case Constraint.Range(var lowest, var highest) ->
                    always(text, token -> token.isRest() || inRange(token, lowest, highest));
            case Constraint.Meter(var step, var everyBarLine) ->
                    always(
                            text,
                            token ->
                                    Grid.quarters(token.slot()).over(step).denominator() == 1
                                            && !(everyBarLine
                                                    && token.slot() + token.length()
                                                            > style.barTicks()));
            case Constraint.Ends(var pitchClass) ->
                    Demand.accepting(
                            text,
                            new LastToken(
                                    tokensThat(token ->
                                            !token.isRest() && pitchClass(token) == pitchClass)));
            case Constraint.NoCopyLongerThan(var length) -> {
                var steps = new NoteSteps(style, Task.possible(style.timed(), others, start, end));
                yield Demand.accepting(text, new CopyAutomaton(style, steps, Grid.tick(length)));
            }
            case Constraint.NoParallels _ ->
                    throw new IllegalArgumentException(
                            "a lead sheet has one voice, but %s takes two or more; leave it out"
                                    .formatted(text));
        };
    }

    /// @throws IllegalArgumentException when the sheet is over by then
    private int tick(Fraction onset, Constraint constraint) {
        int tick = start + Grid.exactTick(onset);
        if (tick >= end) {
            throw new IllegalArgumentException(
                    "%s is beyond the end of the sheet at quarter %s"
                            .formatted(constraint.text(), Grid.quarters(end - start)));
        }
        return tick;
    }

    private Demand always(String text, Predicate<LeadSheetToken> condition) {
        BitSet allowed = tokensThat(condition);
        return Demand.allowing(text, (_, token) -> allowed.get(token));
    }

    private BitSet tokensThat(Predicate<LeadSheetToken> condition) {
        var set = new BitSet();
        for (int i = 0; i < tokens.size(); i++) set.set(i, condition.test(tokens.get(i)));
        return set;
    }

    private boolean inRange(LeadSheetToken token, int lowest, int highest) {
        return token.pitch() - shift >= lowest && token.pitch() - shift <= highest;
    }

    private int pitchClass(LeadSheetToken token) {
        return Math.floorMod(token.pitch() - shift, 12);
    }
}
