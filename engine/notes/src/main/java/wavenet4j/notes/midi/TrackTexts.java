package wavenet4j.notes.midi;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part.Lyric;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.List;

/// The texts of one track that a score keeps.
final class TrackTexts {
    private record Syllable(Fraction onset, String text) {
        boolean startsWord() {
            return Character.isWhitespace(text.charAt(0));
        }

        boolean endsWord() {
            return Character.isWhitespace(text.charAt(text.length() - 1));
        }
    }

    private final Remarks remarks;
    private final List<Syllable> syllables = new ArrayList<>();
    private String name = "";
    private String instrument = "";

    TrackTexts(Remarks remarks) {
        this.remarks = remarks;
    }

    /// The first name given; the one of a first track may be the title of all.
    String name() {
        return name;
    }

    void name(String given) {
        if (name.isEmpty()) name = given;
        else if (!given.equals(name)) countText();
    }

    void instrument(String given) {
        if (instrument.isEmpty()) instrument = given;
        else if (!given.equals(instrument)) countText();
    }

    /// The name of what it plays, if it plays: its own or else that of its instrument.
    String nameOfPart(boolean nameIsTitle, boolean plays) {
        String own = nameIsTitle ? "" : name;
        String kept = !plays ? "" : own.isEmpty() ? instrument : own;
        for (String text : List.of(own, instrument)) {
            if (!text.isEmpty() && !text.equals(kept)) countText();
        }
        return kept;
    }

    private void countText() {
        remarks.count("text is left out", "texts are left out");
    }

    void lyric(Fraction onset, byte[] bytes) {
        String text = Messages.text(bytes).replace("\0", "");
        if (!text.isEmpty()) syllables.add(new Syllable(onset, text));
    }

    /// The lyrics. Where words are told apart by spaces, as the standard has it, a syllable without
    /// one is given the hyphen of a word that goes on.
    List<Lyric> lyrics() {
        boolean spaced =
                syllables.stream()
                        .anyMatch(syllable -> syllable.startsWord() || syllable.endsWord());
        var lyrics = new ArrayList<Lyric>();
        for (int i = 0; i < syllables.size(); i++) {
            Syllable syllable = syllables.get(i);
            String text = Messages.line(syllable.text);
            if (text.isEmpty()) continue; // a space or a new line, as an event of its own
            boolean goesOn =
                    spaced
                            && i + 1 < syllables.size()
                            && !syllable.endsWord()
                            && !syllables.get(i + 1).startsWord();
            String hyphen = goesOn && !text.endsWith("-") ? "-" : "";
            lyrics.add(new Lyric(syllable.onset, 1, text + hyphen));
        }
        return lyrics;
    }
}
