package wavenet4j.notes.markov;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A span of time that a model's tokens are to fill, and all that is demanded of them.
///
/// @param from the tick where the first token begins
/// @param to the tick where the last one ends, and with it the sequence
public record Task(KneserNey model, List<Demand> demands, int from, int to) {
    public Task {
        demands = List.copyOf(demands);
    }

    /// The tokens of a model that may begin at some tick of a span and end in time.
    public static BitSet possible(Tokens tokens, List<Demand> demands, int from, int to) {
        TimeWeight weight = weight(demands);
        var possible = new BitSet();
        for (int token = 0; token < tokens.count(); token++) {
            int tick = from + Math.floorMod(tokens.slot(token) - from, tokens.slots());
            while (tick + tokens.length(token) <= to && !possible.get(token)) {
                possible.set(token, weight.of(tick, token) > 0);
                tick += tokens.slots();
            }
        }
        return possible;
    }

    /// The last tick that a sequence can reach, whatever follows; that of the end where only the
    /// end itself is not allowed.
    public int lastReached() {
        Tokens tokens = model.tokenSet();
        var product = new Product(this);
        TimeWeight weight = weight();
        var reached = new TreeMap<Integer, Set<Integer>>();
        reached.put(from, Set.of(product.start()));
        int tick = from;
        while (true) {
            for (int token = 0; token < tokens.count(); token++) {
                int then = tick + tokens.length(token);
                boolean fits = tokens.slot(token) == tick % tokens.slots() && then <= to;
                if (!fits || weight.of(tick, token) == 0) continue;
                for (int state : reached.getOrDefault(tick, Set.of())) {
                    int next = product.next(state, token);
                    if (next == FailureAutomaton.DEAD) continue;
                    reached.computeIfAbsent(then, _ -> new HashSet<>()).add(next);
                }
            }
            Integer later = reached.higherKey(tick);
            if (later == null) return tick;
            reached.remove(tick);
            tick = later;
        }
    }

    /// The texts of the demands without which some sequence satisfies the others.
    public List<String> causes() {
        var causes = new ArrayList<String>();
        for (int i = 0; i < demands.size(); i++) {
            var others = new ArrayList<>(demands);
            String text = others.remove(i).text();
            if (ConstrainedModel.of(new Task(model, others, from, to)).isPresent()) {
                causes.add(text);
            }
        }
        return causes;
    }

    List<FailureAutomaton> automata() {
        return demands.stream().flatMap(demand -> demand.automaton().stream()).toList();
    }

    /// That of all demands.
    TimeWeight weight() {
        return weight(demands);
    }

    private static TimeWeight weight(List<Demand> demands) {
        return demands.stream().map(Demand::weight).reduce((_, _) -> 1, TimeWeight::times);
    }
}
