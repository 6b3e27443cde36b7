package wavenet4j.distribution;

import static wavenet4j.internal.Checks.requireRange;

/// The distribution of the next sample, as the network puts it out.
public sealed interface Distribution {
    /// Q, the number of levels.
    int levels();

    /// The bits per sample of a uniform distribution: log2 Q.
    default double uniformBits() {
        return Math.log(levels()) / Math.log(2);
    }

    /// The number of values that the network puts out for a sample.
    int width();

    /// The quantizer that is usual for it: mu-law, or 16-bit PCM.
    Quantizer quantizer();

    /// In words, such as `256 mu-law levels`.
    String describe();

    /// Refuses a sampling that this distribution cannot be drawn by. Allocates nothing unless it
    /// throws.
    ///
    /// @throws IllegalArgumentException that names one that it can
    void requireSampling(Sampling sampling);

    /// The natural logarithm of the probability of a level, in double.
    ///
    /// @param outputs of the network
    double logProbability(float[] outputs, int level);

    /// The softmax over mu-law levels (van den Oord et al., "WaveNet", 2016). A level enters the
    /// network through an embedding.
    ///
    /// @param levels Q; the outputs are their logits
    record Categorical(int levels) implements Distribution {
        public Categorical {
            requireRange("levels", levels, 2, 1 << 16);
        }

        @Override
        public int width() {
            return levels;
        }

        @Override
        public Quantizer quantizer() {
            return new MuLaw(levels);
        }

        @Override
        public String describe() {
            return "%,d mu-law levels".formatted(levels);
        }

        @Override
        public void requireSampling(Sampling sampling) {}

        @Override
        public double logProbability(float[] outputs, int level) {
            return outputs[level] - logSumExp(outputs, levels);
        }
    }

    /// A mixture of logistic distributions over the values of 16-bit PCM (Salimans et al.,
    /// "PixelCNN++", 2017; van den Oord et al., "Parallel WaveNet", 2017): a value has the
    /// probability that the mixture gives to the amplitudes which round to it, the outermost also
    /// all beyond them. The amplitude itself enters the network.
    ///
    /// @param mixtures M; the outputs are M logits of their shares, M means in units of
    ///   [#MEAN_UNIT], and M logarithms of their scales
    record LogisticMixture(int mixtures) implements Distribution {
        /// No scale is smaller: with this one nearly all of a mixture falls to one value of 16
        /// bits.
        public static final float LEAST_LOG_SCALE = -12;

        /// What an output of 1 is as the mean of a component: an amplitude of sound, so that the
        /// outputs are of one size and learn at one rate.
        public static final float MEAN_UNIT = 0x1p-4f;

        public LogisticMixture {
            requireRange("mixtures", mixtures, 1, 1 << 10);
        }

        @Override
        public int levels() {
            return LinearPcm.LEVELS;
        }

        @Override
        public int width() {
            return 3 * mixtures;
        }

        @Override
        public Quantizer quantizer() {
            return new LinearPcm();
        }

        @Override
        public String describe() {
            return "a mixture of %,d logistics over 16-bit samples".formatted(mixtures);
        }

        @Override
        public void requireSampling(Sampling sampling) {
            if (sampling.topK() == 0 && sampling.topP() == 1) return;
            throw new IllegalArgumentException(
                    "top-k and top-p leave levels out, and the model draws from %s, which has no list of them; use the temperature alone"
                            .formatted(describe()));
        }

        /// With `p` and `m` the edges of the level in units of a component's scale, its share of
        /// the level is `sigmoid(p) - sigmoid(m) = sigmoid(p) * sigmoid(-m) * (1 - e^(m - p))`,
        /// where no term loses digits however far out the level lies.
        @Override
        public double logProbability(float[] outputs, int level) {
            double amplitude = new LinearPcm().decode(level);
            double half = LinearPcm.STEP / 2;
            var logs = new double[mixtures];
            for (int i = 0; i < mixtures; i++) {
                double mean = outputs[mixtures + i] * MEAN_UNIT;
                double scale = Math.exp(Math.max(outputs[2 * mixtures + i], LEAST_LOG_SCALE));
                boolean lowest = level == 0;
                boolean highest = level == levels() - 1;
                logs[i] = outputs[i];
                if (!highest) logs[i] -= softplus((mean - amplitude - half) / scale);
                if (!lowest) logs[i] -= softplus((amplitude - half - mean) / scale);
                if (!lowest && !highest) logs[i] += Math.log(-Math.expm1(-2 * half / scale));
            }
            return logSumExp(logs) - logSumExp(outputs, mixtures);
        }

        private static double softplus(double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }
    }

    private static double logSumExp(float[] terms, int count) {
        var exact = new double[count];
        for (int i = 0; i < count; i++) exact[i] = terms[i];
        return logSumExp(exact);
    }

    private static double logSumExp(double[] terms) {
        double most = Double.NEGATIVE_INFINITY;
        for (double term : terms) most = Math.max(most, term);
        double sum = 0;
        for (double term : terms) sum += Math.exp(term - most);
        return most + Math.log(sum);
    }
}
