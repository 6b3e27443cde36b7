package wavenet4j.info;

/// The licence of the recordings that a model was trained on, with their attribution.
///
/// @param text as its licensor asks for it; not blank
public record Licence(String text) {
    public Licence {
        if (text.isBlank()) throw new IllegalArgumentException("the licence is blank");
    }
}
