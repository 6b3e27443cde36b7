package wavenet4j.notes.musicxml.internal.writing;

import org.audiveris.proxymusic.Bass;
import org.audiveris.proxymusic.BassStep;
import org.audiveris.proxymusic.Degree;
import org.audiveris.proxymusic.DegreeAlter;
import org.audiveris.proxymusic.DegreeType;
import org.audiveris.proxymusic.DegreeTypeValue;
import org.audiveris.proxymusic.DegreeValue;
import org.audiveris.proxymusic.Direction;
import org.audiveris.proxymusic.DirectionType;
import org.audiveris.proxymusic.Harmony;
import org.audiveris.proxymusic.HarmonyAlter;
import org.audiveris.proxymusic.Key;
import org.audiveris.proxymusic.Kind;
import org.audiveris.proxymusic.KindValue;
import org.audiveris.proxymusic.Metronome;
import org.audiveris.proxymusic.ObjectFactory;
import org.audiveris.proxymusic.Pedal;
import org.audiveris.proxymusic.PedalType;
import org.audiveris.proxymusic.PerMinute;
import org.audiveris.proxymusic.Root;
import org.audiveris.proxymusic.RootStep;
import org.audiveris.proxymusic.Sound;
import org.audiveris.proxymusic.Step;
import org.audiveris.proxymusic.Time;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Part;
import wavenet4j.notes.PitchName;
import wavenet4j.notes.Tempo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// The elements that stand between notes.
final class Signs {
    private static final int PEDAL_DOWN = 64;

    private Signs() {}

    static Key key(KeySignature signature) {
        var key = new Key();
        key.setFifths(BigInteger.valueOf(signature.sharps()));
        key.setMode(signature.minor() ? "minor" : "major");
        return key;
    }

    static Time time(Meter meter) {
        var factory = new ObjectFactory();
        var time = new Time();
        time.getTimeSignature().add(factory.createTimeBeats("" + meter.beats()));
        time.getTimeSignature().add(factory.createTimeBeatType("" + meter.unit()));
        return time;
    }

    /// The exact tempo to play, and a rounded one to print.
    static Direction tempo(Tempo tempo) {
        BigDecimal exact =
                BigDecimal.valueOf(60_000_000)
                        .divide(BigDecimal.valueOf(tempo.microseconds()), MathContext.DECIMAL64);
        var perMinute = new PerMinute();
        perMinute.setValue(
                exact.setScale(exact.compareTo(BigDecimal.ONE) < 0 ? 6 : 2, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString());
        var metronome = new Metronome();
        metronome.setBeatUnit("quarter");
        metronome.setPerMinute(perMinute);
        var type = new DirectionType();
        type.setMetronome(metronome);
        var sound = new Sound();
        sound.setTempo(exact);
        return direction(type, sound);
    }

    /// A move of the pedal with its value; printed where it goes down or up.
    ///
    /// @param before where the pedal was
    static Object pedal(Part.Pedal move, int before) {
        var sound = new Sound();
        BigDecimal percent = BigDecimal.valueOf(100L * move.value());
        sound.setDamperPedal(
                percent.divide(BigDecimal.valueOf(127), 2, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString());
        boolean down = move.value() >= PEDAL_DOWN;
        if (down == before >= PEDAL_DOWN) return sound;
        var pedal = new Pedal();
        pedal.setType(down ? PedalType.START : PedalType.STOP);
        var type = new DirectionType();
        type.setPedal(pedal);
        return direction(type, sound);
    }

    static Harmony harmony(ChordSymbol symbol) {
        var harmony = new Harmony();
        if (symbol.chord().isEmpty()) {
            var none = new Kind();
            none.setValue(KindValue.NONE);
            harmony.getHarmonyChord().add(root(PitchName.of('C', 0)));
            harmony.getHarmonyChord().add(none);
            none.setText("N.C.");
            return harmony;
        }
        ChordSymbol.Chord chord = symbol.chord().get();
        var kind = new Kind();
        String name = chord.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        kind.setValue(KindValue.fromValue(name));
        harmony.getHarmonyChord().add(root(chord.root()));
        harmony.getHarmonyChord().add(kind);
        chord.bass().ifPresent(bass -> harmony.getHarmonyChord().add(bass(bass)));
        for (ChordSymbol.Degree degree : chord.degrees()) {
            harmony.getHarmonyChord().add(degree(degree));
        }
        return harmony;
    }

    static Step step(PitchName name) {
        return Step.valueOf("" + name.letter());
    }

    private static Direction direction(DirectionType type, Sound sound) {
        var direction = new Direction();
        direction.getDirectionType().add(type);
        direction.setSound(sound);
        return direction;
    }

    private static Root root(PitchName name) {
        var step = new RootStep();
        step.setValue(step(name));
        var root = new Root();
        root.setRootStep(step);
        if (name.alter() != 0) root.setRootAlter(alter(name));
        return root;
    }

    private static Bass bass(PitchName name) {
        var step = new BassStep();
        step.setValue(step(name));
        var bass = new Bass();
        bass.setBassStep(step);
        if (name.alter() != 0) bass.setBassAlter(alter(name));
        return bass;
    }

    private static HarmonyAlter alter(PitchName name) {
        var alter = new HarmonyAlter();
        alter.setValue(BigDecimal.valueOf(name.alter()));
        return alter;
    }

    private static Degree degree(ChordSymbol.Degree of) {
        var value = new DegreeValue();
        value.setValue(BigInteger.valueOf(of.value()));
        var alter = new DegreeAlter();
        alter.setValue(BigDecimal.valueOf(of.alter()));
        var type = new DegreeType();
        type.setValue(DegreeTypeValue.valueOf(of.change().name()));
        var degree = new Degree();
        degree.setDegreeValue(value);
        degree.setDegreeAlter(alter);
        degree.setDegreeType(type);
        return degree;
    }
}
