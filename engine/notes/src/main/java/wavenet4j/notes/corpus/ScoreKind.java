package wavenet4j.notes.corpus;

import java.nio.charset.StandardCharsets;

/// What a file is by its first bytes.
enum ScoreKind {
    MIDI,
    MUSIC_XML,
    CHORALES,
    EMPTY,
    UNKNOWN;

    /// How much of a file tells its kind. Some MIDI files have a head of another system before
    /// them.
    static final int FIRST_BYTES = 1_024;

    /// The kind of a file.
    ///
    /// @param bytes all of it, or as many as tell
    static ScoreKind of(byte[] bytes) {
        if (bytes.length == 0) return EMPTY;
        int length = Math.min(bytes.length, FIRST_BYTES);
        String first = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (first.startsWith("PK\u0003\u0004")) return MUSIC_XML;
        String text = first.replace("\0", "").replaceFirst("^(ï»¿|ÿþ|þÿ)?\\s*", "");
        if (text.startsWith("<")) return MUSIC_XML;
        if (text.startsWith("[")) return CHORALES;
        boolean riff = first.startsWith("RIFF") && first.startsWith("RMID", 8);
        return riff || first.contains("MThd") ? MIDI : UNKNOWN;
    }

    /// Whether XML is that of a score, as far as its first bytes tell.
    static boolean namesScore(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1).replace("\0", "");
        return text.contains("score-partwise") || text.contains("score-timewise");
    }
}
