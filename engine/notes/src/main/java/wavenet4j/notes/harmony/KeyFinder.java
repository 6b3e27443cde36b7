package wavenet4j.notes.harmony;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the key of a score: of all major and minor keys the one whose profile the durations of its
/// pitch classes follow best.
public final class KeyFinder {
    /// The share of passages of a textbook's pieces in which each tone occurs, from the tonic up:
    /// D. Temperley, Music and Probability (2007), table 6.1, of the Kostka-Payne corpus.
    private static final double[] MAJOR = {
        0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400
    };

    private static final double[] MINOR = {
        0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330
    };

    /// What the two keys of the key signature gain.
    private static final double SIGNATURE = 0.3;

    /// What the minor key gains where the signature names it. That it names the major one says
    /// little: many files have it so always.
    private static final double MINOR_SIGNATURE = 0.1;

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
        KeySignature written = score.timeline().keyAt(from);
        boolean favoured = signature && !score.timeline().keys().isEmpty();
        var candidates = new ArrayList<Candidate>();
        for (int tonic = 0; tonic < 12; tonic++) {
            for (boolean minor : new boolean[] {false, true}) {
                int sharps = sharps(minor ? tonic + 3 : tonic, written.sharps());
                double fit = correlation(durations, minor ? MINOR : MAJOR, tonic);
                if (favoured && sharps == written.sharps()) {
                    fit += SIGNATURE + (minor && written.minor() ? MINOR_SIGNATURE : 0);
                }
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
