package wavenet4j.train.text;

/// A number written with a decimal comma, as in many languages.
public final class DecimalPoint {
    private DecimalPoint() {}

    /// What a sentence about a wrong value adds where it has a decimal comma; otherwise empty.
    public static String hint(String value) {
        return value.matches("-?\\d+,\\d+") ? ", and a decimal is written with a point" : "";
    }
}
