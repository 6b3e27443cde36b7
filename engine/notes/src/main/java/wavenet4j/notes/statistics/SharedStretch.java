package wavenet4j.notes.statistics;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A stretch of a melody that is also in a piece of a corpus, in any transposition and at any
/// place: the lengths of its notes and the intervals between them are equal. Rests between notes
/// are not compared.
///
/// @param notes how many it has
/// @param first the index of its first note in the melody
/// @param quarters from its first onset in the melody to its last end
/// @param bars likewise, in bars of the meter where it begins
/// @param piece one that has it
/// @param firstInPiece the index of its first note there
public record SharedStretch(
        int notes, int first, Fraction quarters, double bars, Melody piece, int firstInPiece) {
    /// The number of the bar where it begins in the piece.
    public int barInPiece() {
        return piece.bar(piece.notes().get(firstInPiece));
    }

    /// Finds them, each in time that grows with the melody alone.
    public static final class Finder {
        private final List<Melody> corpus;
        private final Map<Fraction, Integer> lengths = new HashMap<>();

        /// By symbol of the joined corpus: the piece that it is of, and its place there.
        private final List<Integer> pieces = new ArrayList<>();

        private final List<Integer> places = new ArrayList<>();
        private final SuffixAutomaton automaton;

        /// Joins the pieces to one sequence, with symbols in between that no melody has.
        public Finder(List<Melody> corpus) {
            this.corpus = List.copyOf(corpus);
            var sequence = new ArrayList<Integer>();
            for (int piece = 0; piece < corpus.size(); piece++) {
                Melody melody = corpus.get(piece);
                melody.notes().forEach(note -> lengths.putIfAbsent(note.length(), lengths.size()));
                sequence.addAll(symbols(melody));
                sequence.add(-2 - piece);
                for (int place = 0; pieces.size() < sequence.size(); place++) {
                    pieces.add(piece);
                    places.add(place);
                }
            }
            automaton = new SuffixAutomaton(sequence);
        }

        /// Length, interval, length, and so on: odd ones and even ones. A length that the corpus
        /// lacks is -1.
        private List<Integer> symbols(Melody melody) {
            var symbols = new ArrayList<Integer>();
            for (int i = 0; i < melody.notes().size(); i++) {
                Note note = melody.notes().get(i);
                if (i > 0) symbols.add(2 * (128 + note.key() - melody.notes().get(i - 1).key()));
                Integer length = lengths.get(note.length());
                symbols.add(length == null ? -1 : 2 * length + 1);
            }
            return symbols;
        }

        /// The longest stretch, by its notes; of equally long ones the first in the melody. Empty
        /// where not even the length of a note is in the corpus.
        public Optional<SharedStretch> longest(Melody melody) {
            SuffixAutomaton.Reader reader = automaton.reader();
            List<Integer> symbols = symbols(melody);
            int most = 0;
            int last = 0;
            int end = 0;
            for (int i = 0; i < symbols.size(); i++) {
                SuffixAutomaton.Match match = reader.read(symbols.get(i));
                boolean endsWithLength = i % 2 == 0;
                int notes = (match.length() + 1) / 2;
                if (endsWithLength && notes > most) {
                    most = notes;
                    last = i / 2;
                    end = match.end();
                }
            }
            return most == 0 ? Optional.empty() : Optional.of(stretch(melody, most, last, end));
        }

        private SharedStretch stretch(Melody melody, int notes, int last, int end) {
            int first = last - notes + 1;
            Fraction onset = melody.notes().get(first).onset();
            Fraction quarters = melody.notes().get(last).end().minus(onset);
            Fraction bars = quarters.over(melody.timeline().meterAt(onset).length());
            Melody piece = corpus.get(pieces.get(end));
            int firstInPiece = places.get(end) / 2 - notes + 1;
            return new SharedStretch(notes, first, quarters, bars.toDouble(), piece, firstInPiece);
        }
    }
}
