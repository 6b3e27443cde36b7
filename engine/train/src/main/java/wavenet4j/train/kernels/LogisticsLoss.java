package wavenet4j.train.kernels;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.LinearPcm;

/// The loss under a [Distribution.LogisticMixture], by the same equations: with `p` and `m` a
/// level's edges in units of a component's scale and `d = p - m` its width, a component's share of
/// the level is `log(sigmoid(p) - sigmoid(m)) = -softplus(-p) - softplus(m) + log(1 - e^-d)`. The
/// derivatives of the three terms are `sigmoid(-p)`, `-sigmoid(m)` and `1 / (e^d - 1)`.
///
/// @param mixtures M
public record LogisticsLoss(int mixtures) implements OutputLoss {
    private static final double HALF = LinearPcm.STEP / 2;
    private static final float UNIT = Distribution.LogisticMixture.MEAN_UNIT;

    @Override
    public double natsAndGradient(float[] outputs, int at, int level, float scale) {
        boolean lowest = level == 0;
        boolean highest = level == LinearPcm.LEVELS - 1;
        double amplitude = new LinearPcm().decode(level);
        var logs = new double[mixtures];
        var byMean = new double[mixtures]; // derivatives of the logarithms
        var byLogScale = new double[mixtures];
        for (int i = 0; i < mixtures; i++) {
            double mean = outputs[at + mixtures + i] * UNIT;
            float logScale = outputs[at + 2 * mixtures + i];
            double inverse =
                    Math.exp(-Math.max(logScale, Distribution.LogisticMixture.LEAST_LOG_SCALE));
            double p = (amplitude + HALF - mean) * inverse;
            double m = (amplitude - HALF - mean) * inverse;
            double d = 2 * HALF * inverse;
            double byP = highest ? 0 : sigmoid(-p);
            double byM = lowest ? 0 : -sigmoid(m);
            boolean inner = !lowest && !highest;
            logs[i] = outputs[at + i];
            if (!highest) logs[i] -= softplus(-p);
            if (!lowest) logs[i] -= softplus(m);
            if (inner) logs[i] += Math.log(-Math.expm1(-d));
            byMean[i] = -(byP + byM) * inverse * UNIT;
            byLogScale[i] = -(byP * p + byM * m);
            if (inner) byLogScale[i] -= d / Math.expm1(d);
            if (logScale < Distribution.LogisticMixture.LEAST_LOG_SCALE) byLogScale[i] = 0;
        }
        double total = logSumExp(logs);
        double shares = logSumExp(outputs, at);
        for (int i = 0; i < mixtures; i++) {
            double ofComponent = Math.exp(logs[i] - total);
            double share = Math.exp(outputs[at + i] - shares);
            outputs[at + i] = (float) (scale * (share - ofComponent));
            outputs[at + mixtures + i] = (float) (-scale * ofComponent * byMean[i]);
            outputs[at + 2 * mixtures + i] = (float) (-scale * ofComponent * byLogScale[i]);
        }
        return shares - total;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private double logSumExp(float[] outputs, int at) {
        var logs = new double[mixtures];
        for (int i = 0; i < mixtures; i++) logs[i] = outputs[at + i];
        return logSumExp(logs);
    }

    private static double logSumExp(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) most = Math.max(most, log);
        double sum = 0;
        for (double log : logs) sum += Math.exp(log - most);
        return most + Math.log(sum);
    }
}
