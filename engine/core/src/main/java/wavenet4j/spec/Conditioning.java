package wavenet4j.spec;

import java.util.List;

/// What a take is conditioned on.
///
/// @param labels for the take as a whole
public record Conditioning(Labels labels) {
    /// Nothing.
    public static final Conditioning NONE = new Conditioning(Labels.NONE);

    /// On labels of these names; on nothing where there are none.
    ///
    /// @param embedding E, the length of a label's embedding
    public static Conditioning onLabels(List<String> names, int embedding) {
        return names.isEmpty() ? NONE : new Conditioning(new Labels(names, embedding));
    }
}
