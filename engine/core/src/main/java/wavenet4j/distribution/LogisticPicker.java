package wavenet4j.distribution;

/// Draws 16-bit values from a mixture of logistics, without forming their 65,536 probabilities: the
/// running probability of a level is the mixture's distribution function at the level's upper edge,
/// and the level is found by halving.
///
/// A temperature divides the shares' logits, as in a softmax, and multiplies the scales; at 0 it is
/// the mean of the likeliest component.
final class LogisticPicker implements Picker {
    private static final LinearPcm PCM = new LinearPcm();

    private final int mixtures;
    private final float[] shares; // of each component, relative to the likeliest
    private final float[] inverseScales;

    LogisticPicker(int mixtures) {
        this.mixtures = mixtures;
        shares = new float[mixtures];
        inverseScales = new float[mixtures];
    }

    @Override
    public int pick(float[] outputs, Sampling sampling, float uniform) {
        int likeliest = likeliest(outputs);
        float temperature = sampling.temperature();
        if (temperature == 0) return PCM.encode(mean(likeliest, outputs));

        float total = 0;
        for (int i = 0; i < mixtures; i++) {
            shares[i] = Exp.exp((outputs[i] - outputs[likeliest]) / temperature);
            float logScale =
                    Math.max(
                            outputs[2 * mixtures + i],
                            Distribution.LogisticMixture.LEAST_LOG_SCALE);
            inverseScales[i] = Exp.exp(-logScale) / temperature;
            total += shares[i];
        }
        float target = uniform * total;
        int low = 0;
        int high = LinearPcm.LEVELS - 1; // to which all the rest falls
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (shareUpTo(middle, outputs) > target) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// The sum of the components' shares at or below a level.
    private float shareUpTo(int level, float[] outputs) {
        float edge = (level - LinearPcm.LEVELS / 2 + 0.5f) * LinearPcm.STEP; // exact
        float sum = 0;
        for (int i = 0; i < mixtures; i++) {
            float distance = (edge - mean(i, outputs)) * inverseScales[i];
            sum += shares[i] / (1 + Exp.exp(-distance));
        }
        return sum;
    }

    private float mean(int component, float[] outputs) {
        return outputs[mixtures + component] * Distribution.LogisticMixture.MEAN_UNIT; // exact
    }

    private int likeliest(float[] outputs) {
        int likeliest = 0;
        for (int i = 1; i < mixtures; i++) {
            if (outputs[i] > outputs[likeliest]) likeliest = i;
        }
        return likeliest;
    }
}
