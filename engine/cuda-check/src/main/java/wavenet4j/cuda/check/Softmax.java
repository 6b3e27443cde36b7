package wavenet4j.cuda.check;

/// The softmax of logits, in double.
final class Softmax {
    private Softmax() {}

    /// The natural logarithm of each level's probability.
    static double[] logProbabilities(float[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) most = Math.max(most, logit);
        double sum = 0;
        for (float logit : logits) sum += Math.exp(logit - most);
        double total = most + Math.log(sum);
        var logs = new double[logits.length];
        for (int q = 0; q < logs.length; q++) logs[q] = logits[q] - total;
        return logs;
    }

    /// How far another distribution is from this one, in nats: the Kullback-Leibler divergence.
    static double divergence(float[] logits, float[] others) {
        double[] p = logProbabilities(logits);
        double[] q = logProbabilities(others);
        double sum = 0;
        for (int i = 0; i < p.length; i++) sum += Math.exp(p[i]) * (p[i] - q[i]);
        return sum;
    }
}
