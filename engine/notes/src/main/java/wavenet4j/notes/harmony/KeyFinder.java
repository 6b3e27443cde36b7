package wavenet4j.notes.harmony;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// Finds the key of a score: of all major and minor keys the one whose profile the durations of its
/// pitch classes follow best.
public final class KeyFinder {
    /// How well tones fit a major and a minor key, by listeners' ratings: C. L. Krumhansl and E. J.
    /// Kessler, Psychological Review 89 (1982).
    private static final double[] MAJOR = {
        6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88
    };

    private static final double[] MINOR = {
        6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17
    };

    /// What a key gains that the key signature names.
    private static final double SIGNATURE_BONUS = 0.3;

    private KeyFinder() {}

    /// A key and how well it fits.
    ///
    /// @param fit the correlation with its profile, and what the key signature adds to it
    public record Candidate(KeySignature key, double fit) {}

    /// The key of a whole score.
    public static KeySignature find(Score score) {
        return ranking(score, Fraction.ZERO, score.end(), true).getFirst().key();
    }

    /// All 24 keys, the most likely first.
    ///
    /// @param from where to begin, in quarters
    /// @param to where to stop, in quarters
    /// @param signature whether to favour the key signature in force and its relative key
    public static List<Candidate> ranking(
            Score score, Fraction from, Fraction to, boolean signature) {
        double[] durations = durations(score, from, to);
        OptionalInt written =
                score.timeline().keys().isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(score.timeline().keyAt(from).sharps());
        var candidates = new ArrayList<Candidate>();
        for (int tonic = 0; tonic < 12; tonic++) {
            for (boolean minor : new boolean[] {false, true}) {
                int sharps = sharps(minor ? tonic + 3 : tonic, written.orElse(0));
                double fit = correlation(durations, minor ? MINOR : MAJOR, tonic);
                if (signature && written.equals(OptionalInt.of(sharps))) fit += SIGNATURE_BONUS;
                candidates.add(new Candidate(new KeySignature(from, sharps, minor), fit));
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::fit).reversed());
        return List.copyOf(candidates);
    }

    /// How long each pitch class sounds, in quarters.
    private static double[] durations(Score score, Fraction from, Fraction to) {
        var durations = new double[12];
        for (Part part : score.parts()) {
            if (part.percussion()) continue;
            for (Note note : part.notes()) {
                Fraction length = note.end().min(to).minus(note.onset().max(from));
                if (length.sign() > 0) durations[note.key() % 12] += length.toDouble();
            }
        }
        return durations;
    }

    /// Of two enharmonic signatures the one as written, or the simpler one.
    private static int sharps(int major, int written) {
        int sharps = Math.floorMod(7 * major, 12);
        int flats = sharps - 12;
        if (sharps == written || flats == written) return written;
        return sharps > 6 || (sharps == 6 && written < 0) ? flats : sharps;
    }

    private static double correlation(double[] durations, double[] profile, int tonic) {
        double meanDuration = 0;
        double meanProfile = 0;
        for (int i = 0; i < 12; i++) {
            meanDuration += durations[i] / 12;
            meanProfile += profile[i] / 12;
        }
        double product = 0;
        double durationSquares = 0;
        double profileSquares = 0;
        for (int i = 0; i < 12; i++) {
            double duration = durations[(tonic + i) % 12] - meanDuration;
            double rating = profile[i] - meanProfile;
            product += duration * rating;
            durationSquares += duration * duration;
            profileSquares += rating * rating;
        }
        return durationSquares == 0 ? 0 : product / Math.sqrt(durationSquares * profileSquares);
    }
}
