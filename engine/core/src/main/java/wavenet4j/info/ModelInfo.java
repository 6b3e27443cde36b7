package wavenet4j.info;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Sampling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a model file records about its model beside the network itself.
///
/// @param preprocessing of the recordings, in training and wherever else the model meets audio
/// @param training how long it was trained; null where that is unknown
/// @param data what it was trained on; null where that is unknown
/// @param sampling how its takes are drawn by default; null until that was measured
/// @param licence of its recordings; null where that is unknown
/// @param facts anything else, in its order
public record ModelInfo(
        Preprocessing preprocessing,
        @Nullable TrainingFacts training,
        @Nullable TrainingData data,
        @Nullable SamplingDefaults sampling,
        @Nullable Licence licence,
        Map<String, String> facts) {
    /// Nothing is known.
    public static final ModelInfo NONE =
            new ModelInfo(Preprocessing.NONE, null, null, null, null, Map.of());

    public ModelInfo {
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

    /// The same information with these defaults for sampling.
    public ModelInfo with(SamplingDefaults sampling) {
        return new ModelInfo(preprocessing, training, data, sampling, licence, facts);
    }
}
