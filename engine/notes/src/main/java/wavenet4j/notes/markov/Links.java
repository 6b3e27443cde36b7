package wavenet4j.notes.markov;

/// The transitions that states have of their own, one after the other in flat arrays: those of
/// state s are from `first[s]` up to `first[s + 1]`.
final class Links {
    final int[] first;
    final int[] token;
    final double[] probability;
    final int[] target; // as places
    final double[] lent; // what the failure state gives the token, times the back-off
    final int[] lentTarget; // where it would lead from there

    Links(KneserNey model, Product product, Places places) {
        int states = product.states();
        first = new int[states + 1];
        for (int state = 0; state < states; state++) {
            first[state + 1] = first[state] + product.tokens(state).length;
        }
        token = new int[first[states]];
        probability = new double[token.length];
        target = new int[token.length];
        lent = new double[token.length];
        lentTarget = new int[token.length];
        for (int state = 0; state < states; state++) {
            int failure = product.failure(state);
            int[] tokens = product.tokens(state);
            int[] targets = product.targets(state);
            boolean lends = state != 0 && !product.isClosed(state);
            for (int i = 0; i < tokens.length; i++) {
                int link = first[state] + i;
                token[link] = tokens[i];
                probability[link] = model.probability(product.context(state), tokens[i]);
                target[link] = places.of(targets[i]);
                if (!lends) continue;
                lent[link] =
                        product.backoff(state)
                                * model.probability(product.context(failure), tokens[i]);
                lentTarget[link] = places.of(product.next(failure, tokens[i]));
            }
        }
    }
}
