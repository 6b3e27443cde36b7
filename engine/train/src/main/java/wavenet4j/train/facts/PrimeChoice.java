package wavenet4j.train.facts;

import static java.util.stream.Collectors.groupingBy;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Quantizer;
import wavenet4j.info.Prime;
import wavenet4j.train.config.DataConfig;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Levels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Chooses the excerpts of the training recordings that a model keeps, for takes to begin after.
/// The seed draws places in the recordings of each set of labels; the louder half of them is kept,
/// each moved to where the sound passes closest to zero, so that no take begins with a click.
final class PrimeChoice {
    private static final int MOST = 16;
    private static final int MOST_LEVELS = 256 << 10; // in all, about as many bytes
    private static final int PLACES = 64; // drawn for each set of labels
    private static final double ZERO_SEARCH_SECONDS = 0.01;

    private final ModelSpec spec;
    private final Quantizer quantizer;
    private final int leadIn;
    private final int tail;
    private final SplittableRandom random;

    /// @param end where the excerpt ends in the recording, exclusive
    /// @param power of its samples
    private record Place(EncodedRecording recording, int end, double power) {}

    private PrimeChoice(ModelSpec spec, TrainConfig config) {
        this.spec = spec;
        quantizer = spec.quantizer();
        DataConfig data = config.data();
        leadIn = data.leadIn() ? spec.receptiveField() : 0;
        tail = (int) Math.round(data.tailSeconds() * spec.sampleRate());
        random = new SplittableRandom(config.training().seed());
    }

    /// Excerpts of at most a receptive field each, up to sixteen in all, and one for each set of
    /// labels where there are more of those.
    static List<Prime> of(List<EncodedRecording> recordings, ModelSpec spec, TrainConfig config) {
        var byLabels =
                new TreeMap<Set<String>, List<EncodedRecording>>(
                        Comparator.comparing(labels -> new TreeSet<>(labels).toString()));
        byLabels.putAll(recordings.stream().collect(groupingBy(EncodedRecording::labels)));
        int all = Math.min(Math.max(MOST, byLabels.size()), MOST_LEVELS / spec.receptiveField());
        int each = Math.max(1, all / byLabels.size());
        var choice = new PrimeChoice(spec, config);
        var primes = new ArrayList<Prime>();
        for (List<EncodedRecording> alike : byLabels.values()) {
            if (primes.size() < all) choice.addLoudest(alike, each, primes);
        }
        return primes;
    }

    private void addLoudest(List<EncodedRecording> alike, int count, List<Prime> primes) {
        var places = new ArrayList<Place>();
        for (int n = 0; n < PLACES; n++) {
            places.add(draw(alike.get(random.nextInt(alike.size()))));
        }
        places.sort(Comparator.comparingDouble(Place::power).reversed());
        // Any of the louder half, as they were drawn by chance: not the loudest passage only.
        int stride = Math.max(1, PLACES / 2 / count);
        for (int n = 0; n < count && n * stride < PLACES; n++) {
            Place place = places.get(n * stride);
            primes.add(new Prime(place.recording().labels(), levels(place)));
        }
    }

    private Place draw(EncodedRecording recording) {
        int field = spec.receptiveField();
        int to = recording.levels().length() - tail;
        // A whole receptive field of sound, or the end of a recording that has less.
        int from = Math.min(leadIn + field, to);
        int end = nearestZero(recording.levels(), random.nextInt(from, to + 1), leadIn, to);
        double power = 0;
        for (int t = Math.max(0, end - field); t < end; t++) {
            double a = quantizer.decode(recording.levels().at(t));
            power += a * a;
        }
        return new Place(recording, end, power);
    }

    /// The place near `end` before which the amplitude is smallest.
    private int nearestZero(Levels levels, int end, int least, int most) {
        int reach = (int) (ZERO_SEARCH_SECONDS * spec.sampleRate());
        int best = end;
        for (int t = Math.max(least + 1, end - reach); t <= Math.min(most, end + reach); t++) {
            float a = Math.abs(quantizer.decode(levels.at(t - 1)));
            if (a < Math.abs(quantizer.decode(levels.at(best - 1)))) best = t;
        }
        return best;
    }

    private int[] levels(Place place) {
        int from = Math.max(0, place.end() - spec.receptiveField());
        var levels = new int[place.end() - from];
        for (int i = 0; i < levels.length; i++) levels[i] = place.recording().levels().at(from + i);
        return levels;
    }
}
