package wavenet4j.notes.statistics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How the voices of scores move, as counts from one onset of any note to the next; a rest of all
/// voices is passed over. A voice is one voice of one part; drums are none.
///
/// @param quarters how long the scores are together, each up to the end of its last note
/// @param fifths parallel ones: two voices, a perfect fifth apart, with octaves in between or not,
///   both move at once by the same interval
/// @param octaves likewise, of octaves and unisons
/// @param crossings how often a voice comes to be below one that is lower on average
/// @param leapsOverFifth from a note to one that follows without a rest, by more than a fifth
/// @param leapsOverOctave those of them by more than an octave
/// @param voices from high to low; of several scores, those at the same place in this order
public record VoiceLeading(
        Fraction quarters,
        long fifths,
        long octaves,
        long crossings,
        long leapsOverFifth,
        long leapsOverOctave,
        List<Range> voices) {

    /// The keys of a voice.
    ///
    /// @param name in the first score that has it
    public record Range(String name, int lowest, int highest) {
        private Range with(Range other) {
            return new Range(
                    name, Math.min(lowest, other.lowest), Math.max(highest, other.highest));
        }
    }

    /// Pairs of voices times onsets; more would take long.
    private static final long MOST_PAIRS = 1_000_000_000;

    private static final VoiceLeading NONE =
            new VoiceLeading(Fraction.ZERO, 0, 0, 0, 0, 0, List.of());

    public VoiceLeading {
        voices = List.copyOf(voices);
    }

    /// Whether a score is of two voices or more, each a line: of others, only the highest notes
    /// would be counted.
    public static boolean hasVoices(Score score) {
        List<List<Note>> voices = pitched(score).flatMap(VoiceLeading::byVoice).toList();
        return voices.size() > 1 && voices.stream().allMatch(Melody::isLine);
    }

    /// Counts in one score.
    ///
    /// @throws IllegalArgumentException when its voices are too many to compare all pairs of them
    public static VoiceLeading of(Score score) {
        List<Melody> voices = voices(score);
        long fifths = 0;
        long octaves = 0;
        long crossings = 0;
        List<int[]> moments = moments(voices);
        for (int t = 1; t < moments.size(); t++) {
            int[] before = moments.get(t - 1);
            int[] now = moments.get(t);
            for (int upper = 0; upper < voices.size(); upper++) {
                for (int lower = upper + 1; lower < voices.size(); lower++) {
                    if (isCrossed(now, upper, lower) && !isCrossed(before, upper, lower)) {
                        crossings++;
                    }
                    if (!moveInParallel(before, now, upper, lower)) continue;
                    if (isFifth(now, upper, lower)) fifths++;
                    if (isOctave(now, upper, lower)) octaves++;
                }
            }
        }
        return new VoiceLeading(
                end(voices),
                fifths,
                octaves,
                crossings,
                leaps(voices, 7),
                leaps(voices, 12),
                voices.stream().map(VoiceLeading::range).toList());
    }

    /// Counts in all scores of a corpus.
    public static VoiceLeading of(List<Score> corpus) {
        return corpus.stream().map(VoiceLeading::of).reduce(NONE, VoiceLeading::plus);
    }

    /// A count as a rate that can be compared.
    ///
    /// @return how many there are in 100 quarters
    public double per100Quarters(long count) {
        return quarters.sign() == 0 ? 0 : 100 * count / quarters.toDouble();
    }

    private VoiceLeading plus(VoiceLeading other) {
        var ranges = new ArrayList<>(voices);
        for (int i = 0; i < other.voices.size(); i++) {
            Range range = other.voices.get(i);
            if (i == ranges.size()) ranges.add(range);
            else ranges.set(i, ranges.get(i).with(range));
        }
        return new VoiceLeading(
                quarters.plus(other.quarters),
                fifths + other.fifths,
                octaves + other.octaves,
                crossings + other.crossings,
                leapsOverFifth + other.leapsOverFifth,
                leapsOverOctave + other.leapsOverOctave,
                ranges);
    }

    /// Whether any two voices move in parallel fifths, octaves or unisons.
    ///
    /// @param before the key of every voice, or -1 for a rest
    /// @param now the same at the next onset of any note
    public static boolean hasParallels(int[] before, int[] now) {
        for (int upper = 0; upper < now.length; upper++) {
            for (int lower = upper + 1; lower < now.length; lower++) {
                boolean perfect = isFifth(now, upper, lower) || isOctave(now, upper, lower);
                if (perfect && moveInParallel(before, now, upper, lower)) return true;
            }
        }
        return false;
    }

    /// The voices of a score, from high to low by their mean key.
    public static List<Melody> voices(Score score) {
        return pitched(score)
                .flatMap(part ->
                        byVoice(part)
                                .map(notes -> new Melody(part.name(), notes, score.timeline())))
                .filter(voice -> !voice.notes().isEmpty())
                .sorted(Comparator.comparingDouble(VoiceLeading::meanKey).reversed())
                .toList();
    }

    private static Stream<Part> pitched(Score score) {
        return score.parts().stream().filter(part -> !part.percussion());
    }

    private static Stream<List<Note>> byVoice(Part part) {
        return part.notes().stream()
                .collect(groupingBy(Note::voice, TreeMap::new, toList()))
                .values()
                .stream();
    }

    private static Fraction end(List<Melody> voices) {
        return voices.stream()
                .map(voice -> voice.notes().getLast().end())
                .reduce(Fraction.ZERO, Fraction::max);
    }

    private static double meanKey(Melody voice) {
        return voice.notes().stream().mapToInt(Note::key).average().orElseThrow();
    }

    private static Range range(Melody voice) {
        var keys = voice.notes().stream().mapToInt(Note::key).summaryStatistics();
        return new Range(voice.name(), keys.getMin(), keys.getMax());
    }

    /// The key of every voice, or -1 for a rest, at each onset of any note.
    private static List<int[]> moments(List<Melody> voices) {
        var onsets = new TreeSet<Fraction>();
        for (Melody voice : voices) voice.notes().forEach(note -> onsets.add(note.onset()));
        if (onsets.size() * (long) voices.size() * voices.size() > MOST_PAIRS) {
            throw new IllegalArgumentException(
                    "%,d voices of %,d onsets are too many to compare; leave out parts"
                            .formatted(voices.size(), onsets.size()));
        }
        var moments = new ArrayList<int[]>();
        int[] next = new int[voices.size()];
        for (Fraction onset : onsets) {
            int[] keys = new int[voices.size()];
            for (int i = 0; i < keys.length; i++) {
                List<Note> notes = voices.get(i).notes();
                while (next[i] < notes.size() && notes.get(next[i]).onset().compareTo(onset) <= 0) {
                    next[i]++;
                }
                boolean sounds = next[i] > 0 && notes.get(next[i] - 1).end().compareTo(onset) > 0;
                keys[i] = sounds ? notes.get(next[i] - 1).key() : -1;
            }
            moments.add(keys);
        }
        return moments;
    }

    private static boolean isCrossed(int[] keys, int upper, int lower) {
        return keys[upper] >= 0 && keys[upper] < keys[lower];
    }

    private static boolean isFifth(int[] keys, int upper, int lower) {
        return Math.abs(keys[upper] - keys[lower]) % 12 == 7;
    }

    private static boolean isOctave(int[] keys, int upper, int lower) {
        return (keys[upper] - keys[lower]) % 12 == 0;
    }

    private static boolean moveInParallel(int[] before, int[] now, int upper, int lower) {
        return before[upper] >= 0
                && before[lower] >= 0
                && now[upper] >= 0
                && now[lower] >= 0
                && now[upper] != before[upper]
                && now[upper] - before[upper] == now[lower] - before[lower];
    }

    private static long leaps(List<Melody> voices, int semitones) {
        long leaps = 0;
        for (Melody voice : voices) {
            for (int i = 1; i < voice.notes().size(); i++) {
                Note before = voice.notes().get(i - 1);
                Note now = voice.notes().get(i);
                boolean follows = before.end().equals(now.onset());
                if (follows && Math.abs(now.key() - before.key()) > semitones) leaps++;
            }
        }
        return leaps;
    }
}
