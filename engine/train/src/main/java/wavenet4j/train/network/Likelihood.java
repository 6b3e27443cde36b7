package wavenet4j.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

import wavenet4j.distribution.Distribution;
import wavenet4j.distribution.LinearPcm;

/// The log-likelihood of target levels under the outputs of a network, differentiable.
sealed interface Likelihood {
    /// The likelihood for that distribution.
    static Likelihood of(Distribution output) {
        return switch (output) {
            case Distribution.Categorical _ -> new Softmax();
            case Distribution.LogisticMixture _ -> new MixtureOfLogistics();
        };
    }

    /// The logarithm of each level's probability, `[N]`, in nats.
    ///
    /// @param targets N levels
    /// @param outputs [N, Q or 3M]
    NDArray logOf(long[] targets, NDArray outputs);

    /// Of [Distribution.Categorical]: the negative of the cross entropy.
    record Softmax() implements Likelihood {
        @Override
        public NDArray logOf(long[] targets, NDArray outputs) {
            NDArray levels = outputs.getManager().create(targets);
            NDArray logs = outputs.logSoftmax(-1);
            return logs.get(new NDIndex().addAllDim().addPickDim(levels)).flatten();
        }
    }

    /// Of [Distribution.LogisticMixture], by the same equations: with `p` and `m` a level's edges
    /// in units of a component's scale and `d = p - m` its width, `log(sigmoid(p) - sigmoid(m)) =
    /// -softplus(-p) - softplus(m) + log(1 - e^-d)`.
    record MixtureOfLogistics() implements Likelihood {
        private static final float HALF = LinearPcm.STEP / 2;

        @Override
        public NDArray logOf(long[] targets, NDArray outputs) {
            NDManager manager = outputs.getManager();
            NDList parts = outputs.split(3, 1); // [N, M] each
            NDArray logShares = parts.get(0).logSoftmax(-1);
            NDArray means = parts.get(1).mul(Distribution.LogisticMixture.MEAN_UNIT);
            NDArray logScales = parts.get(2).maximum(Distribution.LogisticMixture.LEAST_LOG_SCALE);
            NDArray inverseScales = logScales.neg().exp();

            NDArray amplitudes = Amplitudes.column(manager, targets);
            NDArray above = amplitudes.add(HALF).sub(means).mul(inverseScales);
            NDArray below = amplitudes.sub(HALF).sub(means).mul(inverseScales);
            NDArray logs =
                    logOfWidth(inverseScales)
                            .mul(isNot(targets, manager, 0, LinearPcm.LEVELS - 1))
                            .sub(
                                    Activation.softPlus(above.neg())
                                            .mul(isNot(targets, manager, LinearPcm.LEVELS - 1)))
                            .sub(Activation.softPlus(below).mul(isNot(targets, manager, 0)))
                            .add(logShares);
            return logSumExp(logs);
        }

        /// `log(1 - e^-d)` as `log(2t / (1 + t))` with `t = tanh(d / 2)`, which loses no digits
        /// where d is small.
        private static NDArray logOfWidth(NDArray inverseScales) {
            NDArray t = inverseScales.mul(HALF).tanh();
            return t.mul(2).log().sub(t.add(1).log());
        }

        /// [N, 1]: 0 where a level is one of the outermost, which have no edge there, else 1.
        private static NDArray isNot(long[] levels, NDManager manager, int... outermost) {
            var other = new float[levels.length];
            for (int t = 0; t < other.length; t++) {
                other[t] = 1;
                for (int level : outermost) if (levels[t] == level) other[t] = 0;
            }
            return manager.create(other, new Shape(other.length, 1));
        }

        /// The logarithm of the sum of exponentials over the components, `[N]`.
        private static NDArray logSumExp(NDArray logs) {
            NDArray most = logs.max(new int[] {1}, true).stopGradient();
            return logs.sub(most).exp().sum(new int[] {1}, true).log().add(most).flatten();
        }
    }
}
