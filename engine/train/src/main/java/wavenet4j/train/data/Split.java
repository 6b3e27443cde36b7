package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Quantizer;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.levels.Levels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// What is learned from, and what is held out to measure by. The seed and the recordings alone
/// decide.
///
/// @param training the recordings to train on
/// @param heldOut the recordings to evaluate on
record Split(List<EncodedRecording> training, List<EncodedRecording> heldOut) {
    /// A long corpus is heard in so many places.
    private static final int MOST_PARTS = 16;

    /// Held out where evaluation asks for less: for the scores of `wavenet-eval`.
    private static final int SECONDS = 60;

    Split {
        training = sorted(training);
        heldOut = sorted(heldOut);
    }

    private static List<EncodedRecording> sorted(List<EncodedRecording> recordings) {
        return recordings.stream().sorted(Comparator.comparing(EncodedRecording::name)).toList();
    }

    /// Holds out that share of the files, whole, as earlier versions did.
    ///
    /// @param all at least two
    static Split byFiles(List<EncodedRecording> all, TrainConfig config) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(config.training().seed()));
        int heldOut = (int) Math.ceil(config.data().heldOut() * all.size());
        heldOut = Math.clamp(heldOut, 1, all.size() - 1);
        return new Split(shuffled.subList(heldOut, shuffled.size()), shuffled.subList(0, heldOut));
    }

    /// Holds out the ends of some recordings, and short ones whole: that share of the sound, or
    /// what evaluation needs where this is less. Between what is learned and what is held out lies
    /// a receptive field, and a second at least. Equal sounds are on one side.
    ///
    /// @param all at least one
    /// @throws IllegalArgumentException when one recording is too short to be both
    static Split byParts(List<EncodedRecording> all, TrainConfig config, ModelSpec spec) {
        return new Parts(all, config, spec).split();
    }

    /// Chooses the parts.
    private static final class Parts {
        private final TrainConfig config;
        private final Quantizer quantizer;
        private final int field;
        private final int rate;
        private final int leadIn;
        private final int tail;
        private final int gap;
        private final List<List<EncodedRecording>> sounds;
        private final Map<String, Integer> learned = new HashMap<>();
        private final Map<List<EncodedRecording>, Integer> cuts = new LinkedHashMap<>();

        Parts(List<EncodedRecording> all, TrainConfig config, ModelSpec spec) {
            this.config = config;
            quantizer = spec.quantizer();
            field = spec.receptiveField();
            rate = spec.sampleRate();
            leadIn = config.data().leadIn() ? field : 0;
            tail = (int) (config.data().preprocessing().tailSeconds() * rate);
            gap = Math.max(field, rate);
            var equal = new LinkedHashMap<Object, List<EncodedRecording>>();
            for (EncodedRecording recording : all) {
                equal.computeIfAbsent(recording.levels().checksum(), _ -> new ArrayList<>())
                        .add(recording);
                for (String label : recording.labels()) learned.merge(label, 1, Integer::sum);
            }
            sounds = List.copyOf(equal.values());
        }

        Split split() {
            long total = sounds.stream().mapToLong(Parts::length).sum();
            long left = Math.min((long) (config.data().heldOut() * total), enough());
            int least = 2 * field;
            long each = Math.ceilDiv(left, Math.min(sounds.size(), MOST_PARTS));
            var shuffled = new ArrayList<>(sounds);
            Collections.shuffle(shuffled, new Random(config.training().seed()));
            for (List<EncodedRecording> sound : shuffled) {
                int length = length(sound);
                int end = end(sound);
                long part = Math.max(least, Math.min(each, left));
                if (end - part - gap >= length / 2) {
                    cuts.put(sound, (int) (end - part));
                    left -= part;
                } else if (length <= left && othersHaveItsLabels(sound)) {
                    cuts.put(sound, 0);
                    sound.forEach(r -> r.labels().forEach(l -> learned.merge(l, -1, Integer::sum)));
                    left -= length;
                }
                if (left < least) break;
            }
            if (cuts.isEmpty()) cutAtLeast(shuffled, least);
            return cut();
        }

        /// In samples.
        private long enough() {
            long windows = config.training().evaluation().windows();
            return Math.max(
                    windows * (config.training().batches().window() + field),
                    (long) SECONDS * rate);
        }

        private static int length(List<EncodedRecording> sound) {
            return sound.getFirst().levels().length();
        }

        /// Where the sound ends: many recordings end in silence, which is no measure. Silence
        /// shorter than the gap is part of the sound.
        private int end(List<EncodedRecording> sound) {
            Levels levels = sound.getFirst().levels();
            int end = levels.length();
            while (end > 0 && Levels.isSilent(levels.at(end - 1), quantizer)) end--;
            return end > 0 && levels.length() - end > gap ? end : levels.length();
        }

        private boolean othersHaveItsLabels(List<EncodedRecording> sound) {
            return sound.stream()
                    .flatMap(recording -> recording.labels().stream())
                    .allMatch(label -> learned.getOrDefault(label, 0) > sound.size());
        }

        /// Where everything is too short for its share: the shortest recording, or the end of the
        /// only one.
        private void cutAtLeast(List<List<EncodedRecording>> shuffled, int least) {
            if (shuffled.size() > 1) {
                cuts.put(Collections.min(shuffled, Comparator.comparingInt(Parts::length)), 0);
                return;
            }
            int length = end(shuffled.getFirst());
            if (length - gap < 2 * least) {
                int added = leadIn + (length == length(shuffled.getFirst()) ? tail : 0);
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "%s has %.2f s of sound, and a single recording needs %.2f s: the"
                                        + " end is held out to measure by, %.2f s after what is"
                                        + " learned; record more",
                                shuffled.getFirst().getFirst().file(),
                                (double) (length - added) / rate,
                                (2.0 * least + gap - added) / rate,
                                (double) gap / rate));
            }
            cuts.put(shuffled.getFirst(), length - least);
        }

        private Split cut() {
            var training = new ArrayList<EncodedRecording>();
            var heldOut = new ArrayList<EncodedRecording>();
            for (List<EncodedRecording> sound : sounds) {
                Integer cut = cuts.get(sound);
                for (EncodedRecording recording : sound) {
                    if (cut == null) {
                        training.add(recording);
                    } else if (cut == 0) {
                        heldOut.add(recording);
                    } else {
                        training.add(recording.part(0, cut - gap, leadIn));
                        heldOut.add(recording.part(cut, end(sound), leadIn));
                    }
                }
            }
            return new Split(training, heldOut);
        }
    }
}
