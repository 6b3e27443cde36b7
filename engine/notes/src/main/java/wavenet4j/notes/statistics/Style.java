package wavenet4j.notes.statistics;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a melody, or a corpus of melodies, is made of.
///
/// @param distributions one for every feature
public record Style(Map<Feature, Distribution> distributions) {
    /// What is counted, once a note.
    public enum Feature {
        /// Semitones above the tonic of the key signature in force, from 0 to 11.
        PITCH_CLASS("pitch classes"),
        /// Semitones from the note before, negative when down; the first note has none.
        INTERVAL("intervals"),
        /// In quarters.
        LENGTH("note lengths"),
        /// Quarters since the bar began.
        PLACE_IN_BAR("places in the bar");

        private final String title;

        Feature(String title) {
            this.title = title;
        }

        /// As a report has it, such as `note lengths`.
        public String title() {
            return title;
        }
    }

    public Style {
        distributions = Collections.unmodifiableMap(new EnumMap<>(distributions));
    }

    /// Counts in one melody.
    public static Style of(Melody melody) {
        return of(List.of(melody));
    }

    /// Counts in all melodies of a corpus.
    public static Style of(List<Melody> corpus) {
        var distributions = new EnumMap<Feature, Distribution>(Feature.class);
        for (Feature feature : Feature.values()) {
            var counts = new TreeMap<Fraction, Long>();
            for (Melody melody : corpus) {
                int first = feature == Feature.INTERVAL ? 1 : 0;
                for (int i = first; i < melody.notes().size(); i++) {
                    counts.merge(value(feature, melody, i), 1L, Long::sum);
                }
            }
            distributions.put(feature, new Distribution(counts));
        }
        return new Style(distributions);
    }

    /// Of one feature.
    public Distribution of(Feature feature) {
        Distribution distribution = distributions.get(feature);
        if (distribution == null) throw new IllegalArgumentException("no " + feature.title);
        return distribution;
    }

    private static Fraction value(Feature feature, Melody melody, int at) {
        Note note = melody.notes().get(at);
        return switch (feature) {
            case PITCH_CLASS -> {
                KeySignature key = melody.timeline().keyAt(note.onset());
                yield Fraction.of(Math.floorMod(note.key() - key.tonic().pitchClass(), 12));
            }
            case INTERVAL -> Fraction.of(note.key() - melody.notes().get(at - 1).key());
            case LENGTH -> note.length();
            case PLACE_IN_BAR -> melody.timeline().placeInBar(note.onset());
        };
    }
}
