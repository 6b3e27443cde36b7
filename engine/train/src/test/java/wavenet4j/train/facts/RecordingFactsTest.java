package wavenet4j.train.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import wavenet4j.ModelSpec;
import wavenet4j.audio.analysis.SignalCheck;
import wavenet4j.audio.analysis.SoundFault;
import wavenet4j.distribution.Distribution;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Prime;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a model keeps of its recordings.
final class RecordingFactsTest {
    private static final int RATE = 8000;
    private static final ModelSpec SPEC =
            TinyRun.spec(new Distribution.Categorical(256), 2, List.of(1, 2, 4, 8, 16, 32, 64));
    private static final int FIELD = SPEC.receptiveField(); // 128

    /// A sine of that amplitude after as much silence.
    private static EncodedRecording sine(
            String name, double amplitude, int silence, int length, String... labels) {
        var samples = new float[silence + length];
        for (int t = 0; t < length; t++) {
            samples[silence + t] = (float) (amplitude * Math.sin(0.1 * t + name.hashCode()));
        }
        return TinyRun.recording(name, SPEC.quantizer().encode(samples), Set.of(labels));
    }

    private static Dataset data(List<EncodedRecording> recordings) {
        return new Dataset(SPEC, recordings, List.of(), "");
    }

    private static RecordingFacts facts(List<EncodedRecording> recordings, String... settings) {
        return RecordingFacts.of(data(recordings), TinyRun.config(settings));
    }

    @Test
    void theSoundIsThatOfTheRecordingsWithoutTheirContext() {
        var loud = sine("a", 0.5, FIELD, 3 * RATE);
        var quiet = sine("b", 0.05, FIELD, 3 * RATE);
        var sound = facts(List.of(loud, quiet)).sound();
        // The mean power of both: (0.5^2 + 0.05^2) / 4.
        assertThat(sound.levelDb()).isCloseTo(10 * Math.log10(0.063125), within(0.2));
        assertThat(sound.periodic()).isGreaterThan(0.8);
        assertThat(sound.silent()).isZero();
        assertThat(sound.flatness()).isLessThan(0.05);
        // One noise among tones: takes may be as noisy as it.
        var noise = TinyRun.recording("n", TinyRun.noise(FIELD + 2 * RATE, 256, 5), Set.of());
        assertThat(facts(List.of(loud, quiet, quiet, noise)).sound().flatness()).isGreaterThan(0.5);
        // Through the model file and back.
        var facts = facts(List.of(loud));
        var info =
                new ModelInfo(
                        ModelInfo.NONE.preprocessing(),
                        null,
                        null,
                        RecordingFacts.soundFacts(facts.sound()),
                        List.of(),
                        null,
                        null,
                        Map.of());
        assertThat(RecordingFacts.soundOf(info)).isEqualTo(facts.sound());
        // A model that says nothing of its recordings still has its locked takes named.
        assertThat(
                        SignalCheck.measure(new float[8000])
                                .faults(RecordingFacts.soundOf(ModelInfo.NONE)))
                .containsExactly(SoundFault.SILENCE);
    }

    @Test
    void excerptsAreWholeReceptiveFieldsOfSoundThatEndNearZero() {
        List<Prime> primes =
                facts(
                                List.of(sine("a", 0.5, 5 * FIELD, 4 * RATE)),
                                "data.leadIn=true",
                                "training.window=1000")
                        .primes();
        assertThat(primes).hasSize(16);
        int silence = SPEC.quantizer().silence();
        for (Prime prime : primes) {
            int[] levels = prime.levels();
            assertThat(levels).hasSize(FIELD);
            double power = 0;
            for (int level : levels) power += Math.pow(SPEC.quantizer().decode(level), 2);
            assertThat(power / FIELD).isGreaterThan(0.1); // of 0.125: none reaches into silence
            assertThat(Math.abs(SPEC.quantizer().decode(levels[FIELD - 1]))).isLessThan(0.026f);
            assertThat(levels[FIELD - 1]).isBetween(silence - 50, silence + 50);
        }
        assertThat(primes.stream().distinct().count()).isGreaterThan(8);
    }

    @Test
    void theLouderPassagesAreChosen() {
        var recording = new ArrayList<Integer>();
        for (int level : TinyRun.noise(RATE, 256, 1)) recording.add(level);
        for (int t = 0; t < RATE / 2; t++) recording.add(SPEC.quantizer().silence());
        var levels = recording.stream().mapToInt(Integer::intValue).toArray();
        for (Prime prime : facts(List.of(TinyRun.recording("a", levels, Set.of()))).primes()) {
            long silent =
                    Arrays.stream(prime.levels())
                            .filter(level -> level == SPEC.quantizer().silence())
                            .count();
            assertThat(silent).isLessThan(FIELD / 2);
        }
    }

    @Test
    void eachSetOfLabelsHasExcerptsOfItsOwn() {
        var recordings = new ArrayList<EncodedRecording>();
        for (int n = 0; n < 40; n++) {
            recordings.add(sine("r" + n, 0.5, 0, 2000, "digit=" + n % 10, "x=" + n / 20));
        }
        ModelSpec labelled = SPEC; // labels are checked by the model, not here
        List<Prime> primes = PrimeChoice.of(recordings, labelled, TinyRun.config());
        var sets = new TreeSet<String>();
        for (Prime prime : primes) sets.add(prime.labels().toString());
        assertThat(primes).hasSize(20);
        assertThat(sets).hasSize(20);
    }

    @Test
    void theChoiceIsTheSameEveryTime() {
        var recordings = List.of(sine("a", 0.5, 0, 9000), sine("b", 0.2, 0, 5000));
        assertThat(facts(recordings)).isEqualTo(facts(recordings));
        assertThat(facts(recordings, "training.seed=2")).isNotEqualTo(facts(recordings));
    }

    @Test
    void noExcerptsAreKeptWhereNoneIsWanted() {
        assertThat(facts(List.of(sine("a", 0.5, 0, 9000)), "data.excerpts=false").primes())
                .isEmpty();
        // Short recordings that each begin after silence: words and hits are heard from the start.
        TrainConfig words = TinyRun.config("data.leadIn=true", "training.window=1000");
        List<EncodedRecording> two =
                List.of(sine("a", 0.5, FIELD, 1500), sine("b", 0.5, FIELD, 900));
        assertThat(RecordingFacts.of(data(two), words).primes()).isEmpty();
        List<EncodedRecording> one = List.of(sine("a", 0.5, FIELD, 9500));
        assertThat(RecordingFacts.of(data(one), words).primes()).isNotEmpty();
    }

    /// A recording with less sound than a receptive field gives what it has.
    @Test
    void shortRecordingsGiveWhatTheyHave() {
        List<Prime> primes =
                PrimeChoice.of(
                        List.of(sine("a", 0.5, FIELD, 20)),
                        SPEC,
                        TinyRun.config("data.leadIn=true"));
        assertThat(primes).isNotEmpty();
        for (Prime prime : primes) assertThat(prime.levels()).hasSizeBetween(1, FIELD);
    }
}
