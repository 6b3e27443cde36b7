package wavenet4j.info;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Sampling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a model file records about its model beside the network itself.
///
/// @param preprocessing of the recordings, in training and wherever else the model meets audio
/// @param training how long it was trained; null where that is unknown
/// @param data what it was trained on; null where that is unknown
/// @param sound of the training recordings; null where that is unknown
/// @param primes excerpts of the training recordings that takes may begin after
/// @param sampling how its takes are drawn by default; null until that was measured
/// @param licence of its recordings; null where that is unknown
/// @param facts anything else, in its order
public record ModelInfo(
        Preprocessing preprocessing,
        @Nullable TrainingFacts training,
        @Nullable TrainingData data,
        @Nullable RecordingSound sound,
        List<Prime> primes,
        @Nullable SamplingDefaults sampling,
        @Nullable Licence licence,
        Map<String, String> facts) {
    /// Nothing is known.
    public static final ModelInfo NONE =
            new ModelInfo(Preprocessing.NONE, null, null, null, List.of(), null, null, Map.of());

    public ModelInfo {
        primes = List.copyOf(primes);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /// The information in the metadata of a model file: its key `info`, or the strings under
    /// `training` in a file from before there was that key.
    ///
    /// @throws IllegalArgumentException when it is malformed, out of range, or has an unknown key
    public static ModelInfo read(Map<String, String> metadata) {
        String info = metadata.get(InfoJson.KEY);
        if (info != null) return InfoJson.read(info);
        String training = metadata.get(StringFacts.KEY);
        return training == null ? NONE : StringFacts.read(training);
    }

    /// Puts this information into the metadata of a model file.
    public void write(Map<String, String> metadata) {
        metadata.put(InfoJson.KEY, InfoJson.write(this));
    }

    /// How takes are drawn by default: as was measured to be best, otherwise as learned.
    public Sampling defaultSampling() {
        return sampling == null ? Sampling.DEFAULT : sampling.sampling();
    }

    /// The same information with these excerpts.
    public ModelInfo with(List<Prime> primes) {
        return new ModelInfo(
                preprocessing, training, data, sound, primes, sampling, licence, facts);
    }

    /// The same information with this sound of the recordings.
    public ModelInfo with(RecordingSound sound) {
        return new ModelInfo(
                preprocessing, training, data, sound, primes, sampling, licence, facts);
    }

    /// The same information with these defaults for sampling.
    public ModelInfo with(SamplingDefaults sampling) {
        return new ModelInfo(
                preprocessing, training, data, sound, primes, sampling, licence, facts);
    }
}
