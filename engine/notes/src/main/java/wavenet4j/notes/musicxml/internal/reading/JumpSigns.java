package wavenet4j.notes.musicxml.internal.reading;

import org.audiveris.proxymusic.Sound;
import org.audiveris.proxymusic.YesNo;

import wavenet4j.notes.musicxml.internal.playing.Marks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Jumps such as D.S. al Coda: from sound elements, or from the usual signs and words.
final class JumpSigns {
    private static final Pattern DA_CAPO = Pattern.compile("d\\. ?c\\b.*|da capo.*");
    private static final Pattern DAL_SEGNO = Pattern.compile("d\\. ?s\\b.*|dal segno.*");
    private static final Pattern TO_CODA = Pattern.compile("to coda.*|al coda");
    private static final Pattern FINE = Pattern.compile("fine");
    private static final String UNNAMED = "";

    private final List<Integer> codas = new ArrayList<>();
    private final List<Integer> segnos = new ArrayList<>();

    static boolean isJump(Sound sound) {
        return sound.getDacapo() == YesNo.YES
                || sound.getDalsegno() != null
                || sound.getSegno() != null
                || sound.getCoda() != null
                || sound.getTocoda() != null
                || sound.getFine() != null;
    }

    static void read(Sound sound, Marks marks) {
        marks.daCapo |= sound.getDacapo() == YesNo.YES;
        marks.fine |= sound.getFine() != null;
        if (sound.getDalsegno() != null) marks.dalSegno = Optional.of(sound.getDalsegno());
        if (sound.getSegno() != null) marks.segno = Optional.of(sound.getSegno());
        if (sound.getCoda() != null) marks.coda = Optional.of(sound.getCoda());
        if (sound.getTocoda() != null) marks.toCoda = Optional.of(sound.getTocoda());
    }

    /// Notes a segno in a measure.
    void segno(int measure) {
        segnos.add(measure);
    }

    /// Notes a coda sign in a measure.
    void coda(int measure) {
        codas.add(measure);
    }

    /// Whether words are those of a jump, which the measure then has.
    boolean words(String words, Marks marks) {
        String text = words.strip().toLowerCase(Locale.ROOT);
        if (DA_CAPO.matcher(text).matches()) {
            marks.daCapo = true;
        } else if (DAL_SEGNO.matcher(text).matches()) {
            marks.dalSegno = Optional.of(UNNAMED);
        } else if (TO_CODA.matcher(text).matches()) {
            marks.toCoda = Optional.of(UNNAMED);
        } else if (FINE.matcher(text).matches()) {
            marks.fine = true;
        } else {
            return false;
        }
        return true;
    }

    /// Gives the signs to their measures. Of two coda signs or more, the first is where to leave,
    /// unless words say it.
    void apply(List<Marks> marks) {
        for (int measure : segnos) {
            marks.get(measure).segno = marks.get(measure).segno.or(() -> Optional.of(UNNAMED));
        }
        boolean said = marks.stream().anyMatch(mark -> mark.toCoda.isPresent());
        for (int i = 0; i < codas.size(); i++) {
            Marks mark = marks.get(codas.get(i));
            if (mark.toCoda.isPresent()) continue; // the sign beside the words «to coda»
            if (!said && codas.size() > 1 && i == 0) mark.toCoda = Optional.of(UNNAMED);
            else mark.coda = mark.coda.or(() -> Optional.of(UNNAMED));
        }
    }
}
