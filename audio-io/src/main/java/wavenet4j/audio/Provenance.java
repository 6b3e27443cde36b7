package wavenet4j.audio;

/// What made a sound: written into WAV files and pictures for whoever finds them later.
///
/// @param software name and version; may be empty
/// @param description how to make it again, in UTF-8; may be empty
public record Provenance(String software, String description) {
    /// Nothing is known, and nothing written.
    public static final Provenance NONE = new Provenance("", "");
}
