package wavenet4j.notes.compose.voices;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.compose.Constraint;
import wavenet4j.notes.compose.voices.Slice.Tone;
import wavenet4j.notes.internal.Grid;
import wavenet4j.notes.markov.Demand;
import wavenet4j.notes.markov.ForbiddenPairs;
import wavenet4j.notes.markov.LastToken;
import wavenet4j.notes.statistics.VoiceLeading;

import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a request demands of several voices, as the model takes it.
final class VoicesDemands {
    private final VoicesStyle style;
    private final List<Slice> slices;
    private final int start;
    private final int end;
    private final int shift;

    /// @param start the tick of the beginning
    /// @param shift semitones up to the key of the slices
    VoicesDemands(VoicesStyle style, int start, int end, int shift) {
        this.style = style;
        slices = style.slices();
        this.start = start;
        this.end = end;
        this.shift = shift;
    }

    /// Those of constraints, and that what is transposed stays among the keys that there are.
    ///
    /// @throws IllegalArgumentException when a constraint concerns melodies alone, or a time that
    ///   is not on the grid or not before the end
    List<Demand> of(List<Constraint> constraints) {
        return Stream.concat(Stream.of(new Constraint.Range(0, 127)), constraints.stream())
                .map(this::of)
                .toList();
    }

    private Demand of(Constraint constraint) {
        String text = constraint.text();
        return switch (constraint) {
            case Constraint.Fixed(var onset, var key) ->
                    fixed(text, tick(onset, constraint), key + shift);
            case Constraint.Allowed(var from, var to, var classes) -> {
                int first = tick(from, constraint);
                int last = start + Grid.exactTick(to);
                BitSet allowed =
                        slicesThat(slice ->
                                slice.top().isRest() || classes.contains(pitchClass(slice.top())));
                yield Demand.allowing(
                        text,
                        (tick, slice) ->
                                tick < first
                                        || tick >= last
                                        || allowed.get(slice)
                                        || !beginsTop(tick, slice));
            }
            case Constraint.Range(var lowest, var highest) ->
                    always(
                            text,
                            slice ->
                                    slice.sounding(tone ->
                                            tone.key() - shift >= lowest
                                                    && tone.key() - shift <= highest));
            case Constraint.Meter(var step, var everyBarLine) ->
                    always(
                            text,
                            slice ->
                                    isOnGrid(slice, step)
                                            && !(everyBarLine && crossesBarLine(slice)));
            case Constraint.Ends(var pitchClass) ->
                    Demand.accepting(
                            text,
                            new LastToken(
                                    slicesThat(slice ->
                                            soundsToEnd(slice, slice.bottom())
                                                    && pitchClass(slice.bottom()) == pitchClass)));
            case Constraint.NoParallels _ -> {
                List<int[]> keys = slices.stream().map(Slice::keys).toList();
                yield Demand.accepting(
                        text,
                        new ForbiddenPairs(
                                style.timed(),
                                (one, next) ->
                                        VoiceLeading.hasParallels(keys.get(one), keys.get(next))));
            }
            case Constraint.NoCopyLongerThan _ ->
                    throw new IllegalArgumentException(
                            "%s is asked of a melody alone, not of several voices; leave it out"
                                    .formatted(text));
        };
    }

    private int tick(Fraction onset, Constraint constraint) {
        int tick = start + Grid.exactTick(onset);
        if (tick >= end) {
            throw new IllegalArgumentException(
                    "%s is beyond the end at quarter %s"
                            .formatted(constraint.text(), Grid.quarters(end - start)));
        }
        return tick;
    }

    /// The slice that sounds then begins then, and its top voice with it.
    private Demand fixed(String text, int at, int key) {
        BitSet fixed = slicesThat(slice -> slice.top().key() == key);
        return Demand.allowing(
                text,
                (tick, slice) ->
                        tick == at
                                ? fixed.get(slice) && beginsTop(tick, slice)
                                : tick > at || tick + slices.get(slice).length() <= at);
    }

    /// Whether the top voice begins a note there: at the beginning, one that is held does too.
    private boolean beginsTop(int tick, int slice) {
        Tone top = slices.get(slice).top();
        return !top.isRest() && (tick == start || !top.held());
    }

    /// The slice's beginning, and that of every rest in it.
    private static boolean isOnGrid(Slice slice, Fraction step) {
        return isMultiple(slice.slot(), step)
                && slice.sounding(tone ->
                        soundsToEnd(slice, tone) || isMultiple(slice.slot() + tone.length(), step));
    }

    private static boolean isMultiple(int tick, Fraction step) {
        return Grid.quarters(tick).over(step).denominator() == 1;
    }

    private boolean crossesBarLine(Slice slice) {
        int bar = style.barTicks();
        return !slice.sounding(tone -> {
            int end = slice.slot() + tone.length();
            return end < bar || (end == bar && !tone.goesOn());
        });
    }

    private static boolean soundsToEnd(Slice slice, Tone tone) {
        return tone.length() == slice.length();
    }

    private Demand always(String text, Predicate<Slice> condition) {
        BitSet allowed = slicesThat(condition);
        return Demand.allowing(text, (_, slice) -> allowed.get(slice));
    }

    private BitSet slicesThat(Predicate<Slice> condition) {
        var set = new BitSet();
        for (int i = 0; i < slices.size(); i++) set.set(i, condition.test(slices.get(i)));
        return set;
    }

    private int pitchClass(Tone tone) {
        return Math.floorMod(tone.key() - shift, 12);
    }
}
