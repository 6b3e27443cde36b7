package wavenet4j.cli.compose;

import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Score;
import wavenet4j.notes.compose.Composer;
import wavenet4j.notes.compose.Form;
import wavenet4j.notes.statistics.Melody;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a composer learns from.
sealed interface Tunes permits LeadSheets, Chorales {
    List<Score> scores();

    /// The keys of the scores.
    List<KeySignature> keys();

    /// Which scores are not learned from, in a few words; empty where all are.
    String without();

    Composer composer();

    /// The melodies, or top voices, of those that a form is composed from.
    List<Melody> melodies(Form form);

    /// How many notes those have.
    int notes(Form form);

    /// The meter of most scores.
    default Meter commonMeter() {
        return scores().stream()
                .map(score -> score.timeline().meters().getFirst())
                .collect(Collectors.groupingBy(Meter::signature, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElseThrow()
                .getFirst();
    }

    /// Whether most scores are in minor keys.
    default boolean isMinor() {
        return 2 * keys().stream().filter(KeySignature::minor).count() > keys().size();
    }
}
