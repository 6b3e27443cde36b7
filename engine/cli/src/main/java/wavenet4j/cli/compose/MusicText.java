package wavenet4j.cli.compose;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.PitchName;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys, meters, notes and lengths as options name them.
final class MusicText {
    private static final Pattern NAME = Pattern.compile("([a-gA-G])([#b♯♭]?)");
    private static final Pattern KEY =
            Pattern.compile("([a-gA-G][#b♯♭]?)\\s*(m|min|minor|maj|major|)");
    private static final Pattern NOTE = Pattern.compile("([a-gA-G][#b♯♭]?)(-?[0-9])");
    private static final Pattern METER = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,3}) ?(bars?|beats?)");

    private MusicText() {}

    /// `Eb`, `A minor` or `f#m`.
    static KeySignature key(String text) {
        Matcher matcher = match(KEY, text, "--key", "C, Eb or \"A minor\"");
        boolean minor = matcher.group(2).startsWith("m") && !matcher.group(2).startsWith("maj");
        int sharps = name(matcher.group(1)).fifths() - (minor ? 3 : 0);
        if (Math.abs(sharps) > 7) {
            throw new IllegalArgumentException(
                    "--key %s would have %d sharps or flats; take the key of the same sound with at most seven"
                            .formatted(text, Math.abs(sharps)));
        }
        return new KeySignature(Fraction.ZERO, sharps, minor);
    }

    /// `6/8`.
    static Meter meter(String text) {
        Matcher matcher = match(METER, text, "--meter", "4/4, 3/4 or 6/8");
        return new Meter(
                Fraction.ZERO,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)));
    }

    /// The lowest and the highest key of `c4:g5`, where c4 is middle C.
    static int[] range(String text) {
        String[] ends = text.split(":", -1);
        if (ends.length != 2) throw wrong("--range", text, "c4:g5");
        int low = note(ends[0]);
        int high = note(ends[1]);
        if (low > high) {
            throw new IllegalArgumentException(
                    "--range %s begins above its end; write the lower note first".formatted(text));
        }
        return new int[] {low, high};
    }

    /// The length of `2bars` or `6beats`, in quarters.
    static Fraction length(String text, Meter meter) {
        Matcher matcher = match(LENGTH, text, "--no-copy-longer-than", "2bars, 6beats or off");
        Fraction unit =
                matcher.group(2).startsWith("bar") ? meter.length() : Fraction.of(4, meter.unit());
        return unit.times(Integer.parseInt(matcher.group(1)));
    }

    /// The pitch class of `tonic` or of a note's name.
    static int pitchClass(String text, KeySignature key) {
        if (text.toLowerCase(Locale.ROOT).equals("tonic")) return key.tonic().pitchClass();
        match(NAME, text, "--ends", "tonic, or a note such as G");
        return name(text).pitchClass();
    }

    private static int note(String text) {
        Matcher matcher = match(NOTE, text, "--range", "c4:g5");
        int key = 12 * (Integer.parseInt(matcher.group(2)) + 1);
        PitchName name = name(matcher.group(1));
        int natural = PitchName.of(name.letter(), 0).pitchClass();
        return Math.clamp(key + natural + name.alter(), 0, 127);
    }

    private static PitchName name(String text) {
        char letter = Character.toUpperCase(text.charAt(0));
        int alter = text.length() < 2 ? 0 : "#♯".indexOf(text.charAt(1)) >= 0 ? 1 : -1;
        return PitchName.of(letter, alter);
    }

    private static Matcher match(Pattern pattern, String text, String option, String examples) {
        Matcher matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) throw wrong(option, text, examples);
        return matcher;
    }

    private static IllegalArgumentException wrong(String option, String text, String examples) {
        return new IllegalArgumentException(
                "%s %s is not understood; write %s".formatted(option, text, examples));
    }
}
