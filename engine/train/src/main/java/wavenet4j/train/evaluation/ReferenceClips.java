package wavenet4j.train.evaluation;

import wavenet4j.ModelSpec;
import wavenet4j.audio.Clip;
import wavenet4j.distribution.Quantizer;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Levels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Recordings cut for comparison with takes, after quantization as the network is given them.
///
/// @param passages recordings at least as long as a take; shorter ones with the same labels are
///   joined until they are, and the last of each set of labels may stay shorter
/// @param windows as many clips of a take's length as fit into the passages, evenly spread over
///   each and without overlap
public record ReferenceClips(List<Clip> passages, List<Clip> windows) {

    /// Cuts recordings.
    ///
    /// @param samples in a take
    /// @param spec of the network that the recordings were encoded for
    public static ReferenceClips of(
            List<EncodedRecording> recordings, int samples, ModelSpec spec) {
        List<Clip> passages = passages(recordings, samples, spec);
        return new ReferenceClips(passages, windows(passages, samples));
    }

    private static List<Clip> passages(
            List<EncodedRecording> recordings, int samples, ModelSpec spec) {
        var passages = new ArrayList<Clip>();
        var pending = new LinkedHashMap<Set<String>, List<Levels>>();
        for (EncodedRecording recording : recordings) {
            List<Levels> parts =
                    pending.computeIfAbsent(recording.labels(), _ -> new ArrayList<>());
            parts.add(recording.levels());
            if (length(parts) < samples) continue;
            passages.add(joined(parts, spec));
            parts.clear();
        }
        for (List<Levels> rest : pending.values()) {
            if (!rest.isEmpty()) passages.add(joined(rest, spec));
        }
        return passages;
    }

    static List<Clip> windows(List<Clip> passages, int samples) {
        var windows = new ArrayList<Clip>();
        for (Clip passage : passages) {
            int length = passage.samples().length;
            int count = length / samples;
            for (int n = 0; n < count; n++) {
                int middle = (int) ((2L * n + 1) * length / (2L * count));
                int start = middle - samples / 2;
                windows.add(passage.slice(start, start + samples));
            }
        }
        return windows;
    }

    private static int length(List<Levels> parts) {
        return parts.stream().mapToInt(Levels::length).sum();
    }

    private static Clip joined(List<Levels> parts, ModelSpec spec) {
        Quantizer quantizer = spec.quantizer();
        var samples = new float[length(parts)];
        int filled = 0;
        for (Levels part : parts) {
            for (int t = 0; t < part.length(); t++)
                samples[filled++] = quantizer.decode(part.at(t));
        }
        return new Clip(samples, spec.sampleRate());
    }
}
