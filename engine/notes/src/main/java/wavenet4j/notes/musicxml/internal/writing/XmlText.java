package wavenet4j.notes.musicxml.internal.writing;

/// Text that XML can hold.
final class XmlText {
    private XmlText() {}

    /// The text without control characters and halves of pairs, which no XML document can have.
    static String clean(String text) {
        var clean = new StringBuilder();
        text.codePoints().filter(XmlText::isAllowed).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= ' ' && point <= 0xd7ff)
                || (point >= 0xe000 && point <= 0xfffd)
                || point >= 0x10000;
    }
}
