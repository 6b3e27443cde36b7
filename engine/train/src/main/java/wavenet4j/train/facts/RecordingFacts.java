package wavenet4j.train.facts;

import wavenet4j.audio.analysis.RecordingCheck;
import wavenet4j.audio.analysis.SoundMeasures;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Prime;
import wavenet4j.info.RecordingSound;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.WindowSampler;

import java.util.List;

/// What a model keeps of its training recordings.
///
/// @param sound of passages spread evenly over them
/// @param primes excerpts that takes may begin after
public record RecordingFacts(SoundMeasures sound, List<Prime> primes) {
    private static final int PASSAGES = 30;
    private static final int PASSAGE_SECONDS = 2;

    /// From this share of windows that begin in silence on, a network begins well from silence, and
    /// a word or a hit is then heard from its beginning.
    private static final double MOSTLY_FROM_SILENCE = 0.3;

    /// Measures the recordings and chooses the excerpts.
    public static RecordingFacts of(Dataset data, TrainConfig config) {
        boolean chosen = config.data().excerpts() && !beginsMostlyFromSilence(data, config);
        return new RecordingFacts(
                sound(data),
                chosen ? PrimeChoice.of(data.training(), data.spec(), config) : List.of());
    }

    /// How the recordings of a model sound, as far as is known.
    public static SoundMeasures soundOf(ModelInfo info) {
        RecordingSound sound = info.sound();
        if (sound == null) return SoundMeasures.UNKNOWN;
        return new SoundMeasures(
                sound.levelDb(),
                sound.silent(),
                sound.constant(),
                sound.offset(),
                sound.fewLevels(),
                sound.periodic(),
                sound.fullScale(),
                sound.flatness());
    }

    /// The sound as a model file has it.
    public static RecordingSound soundFacts(SoundMeasures sound) {
        return new RecordingSound(
                Math.min(0, sound.levelDb()),
                sound.silent(),
                sound.constant(),
                sound.offset(),
                sound.fewLevels(),
                sound.periodic(),
                sound.fullScale(),
                sound.flatness());
    }

    private static boolean beginsMostlyFromSilence(Dataset data, TrainConfig config) {
        if (!config.data().leadIn()) return false;
        long windows = new WindowSampler(data.spec(), data.training(), config.training()).windows();
        return data.training().size() >= MOSTLY_FROM_SILENCE * windows;
    }

    private static SoundMeasures sound(Dataset data) {
        var passages = new Passages(data);
        int length = PASSAGE_SECONDS * data.spec().sampleRate();
        long stride = Math.max(length, passages.samples() / PASSAGES);
        var check = new RecordingCheck();
        for (long from = 0; from < passages.samples(); from += stride) {
            check.add(passages.read(from, length));
        }
        return check.measures();
    }
}
