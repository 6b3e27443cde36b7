package wavenet4j.cli.eval;

import wavenet4j.audio.Clip;
import wavenet4j.distribution.Quantizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Recordings as passages to hold takes against. A recording as long as a take is a passage of its
/// own; shorter ones with the same labels are put one after the other, whole, until they are as
/// long.
final class ReferenceClips {
    private ReferenceClips() {}

    /// The passages, as the model heard them: in mu-law levels.
    ///
    /// @param samples in a take. The last passage of each set of labels may be shorter
    static List<Clip> of(
            List<EvalCommand.Item> recordings, int samples, Quantizer quantizer, int rate) {
        var passages = new ArrayList<Clip>();
        var pending = new LinkedHashMap<Set<String>, List<int[]>>();
        for (EvalCommand.Item recording : recordings) {
            List<int[]> its = pending.computeIfAbsent(recording.labels(), _ -> new ArrayList<>());
            its.add(recording.levels());
            if (length(its) < samples) continue;
            passages.add(joined(its, quantizer, rate));
            its.clear();
        }
        for (List<int[]> rest : pending.values()) {
            if (!rest.isEmpty()) passages.add(joined(rest, quantizer, rate));
        }
        return passages;
    }

    /// As many windows of that length as fit into the passages, evenly over each and none over
    /// another.
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

    private static int length(List<int[]> parts) {
        return parts.stream().mapToInt(part -> part.length).sum();
    }

    private static Clip joined(List<int[]> parts, Quantizer quantizer, int rate) {
        var samples = new float[length(parts)];
        int at = 0;
        for (int[] part : parts) {
            for (int level : part) samples[at++] = quantizer.decode(level);
        }
        return new Clip(samples, rate);
    }
}
