package wavenet4j.distribution;

/// Draws levels from the outputs of a network, allocating nothing. The arithmetic is float32 in a
/// fixed order without any library function whose last bit differs between machines, so one seed
/// gives one take everywhere.
public interface Picker {
    /// The picker for such outputs.
    static Picker of(Distribution output) {
        return switch (output) {
            case Distribution.Categorical(int levels) -> new CategoricalPicker(levels);
            case Distribution.LogisticMixture(int mixtures) -> new LogisticPicker(mixtures);
        };
    }

    /// The first level whose probability, with that of all below it, exceeds `uniform`.
    ///
    /// @param outputs of the network; left as they are
    /// @param sampling as [Distribution#requireSampling(Sampling)] lets pass
    /// @param uniform above 0 and below 1
    int pick(float[] outputs, Sampling sampling, float uniform);
}
