package wavenet4j.notes.markov;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A span of time that a model's tokens are to fill, and all that is demanded of them.
///
/// @param from the tick where the first token begins
/// @param to the tick where the last one ends, and with it the sequence
public record Task(KneserNey model, List<Demand> demands, int from, int to) {
    public Task {
        demands = List.copyOf(demands);
    }

    /// The model conditioned on all demands; absent when no sequence satisfies them.
    public Optional<ConstrainedModel> condition() {
        return ConstrainedModel.of(model, automata(), filter(), from, to);
    }

    /// The last tick that a sequence can reach, whatever follows; that of the end where only the
    /// end itself is not allowed.
    public int lastReached() {
        return ConstrainedModel.lastReached(model, automata(), filter(), from, to);
    }

    /// The texts of the demands without which some sequence satisfies the others.
    public List<String> causes() {
        var causes = new ArrayList<String>();
        for (int i = 0; i < demands.size(); i++) {
            var others = new ArrayList<>(demands);
            String text = others.remove(i).text();
            if (new Task(model, others, from, to).condition().isPresent()) causes.add(text);
        }
        return causes;
    }

    private List<FailureAutomaton> automata() {
        return demands.stream().flatMap(demand -> demand.automaton().stream()).toList();
    }

    private TimeFilter filter() {
        return demands.stream().map(Demand::filter).reduce((_, _) -> true, TimeFilter::and);
    }
}
