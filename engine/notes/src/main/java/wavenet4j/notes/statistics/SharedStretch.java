package wavenet4j.notes.statistics;

import wavenet4j.notes.Fraction;
import wavenet4j.notes.Note;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A stretch of a melody that is also in a piece of a corpus, in any transposition and at any
/// place: the lengths of its notes are equal, and so are the intervals and the rests between them.
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
        private final Map<Gap, Integer> gaps = new HashMap<>();

        /// By symbol of the joined corpus: the piece that it is of, and its place there.
        private final List<Integer> pieces = new ArrayList<>();

        private final List<Integer> places = new ArrayList<>();
        private final SuffixAutomaton automaton;

        /// What lies between two notes.
        private record Gap(int interval, Fraction rest) {
            static Gap between(Note one, Note next) {
                return new Gap(next.key() - one.key(), next.onset().minus(one.end()));
            }
        }

        /// Joins the pieces to one sequence, with symbols in between that no melody has.
        public Finder(List<Melody> corpus) {
            this.corpus = List.copyOf(corpus);
            var sequence = new ArrayList<Integer>();
            for (int piece = 0; piece < corpus.size(); piece++) {
                Melody melody = corpus.get(piece);
                for (int i = 0; i < melody.notes().size(); i++) {
                    Note note = melody.notes().get(i);
                    lengths.putIfAbsent(note.length(), lengths.size());
                    if (i > 0) {
                        Note before = melody.notes().get(i - 1);
                        gaps.putIfAbsent(Gap.between(before, note), gaps.size());
                    }
                }
                sequence.addAll(symbols(melody));
                sequence.add(-2 - piece);
                for (int place = 0; pieces.size() < sequence.size(); place++) {
                    pieces.add(piece);
                    places.add(place);
                }
            }
            automaton = new SuffixAutomaton(sequence);
        }

        /// Length, gap, length, and so on: odd ones and even ones. One that the corpus lacks is -1.
        private List<Integer> symbols(Melody melody) {
            var symbols = new ArrayList<Integer>();
            for (int i = 0; i < melody.notes().size(); i++) {
                Note note = melody.notes().get(i);
                if (i > 0) {
                    Integer gap = gaps.get(Gap.between(melody.notes().get(i - 1), note));
                    symbols.add(gap == null ? -1 : 2 * gap);
                }
                Integer length = lengths.get(note.length());
                symbols.add(length == null ? -1 : 2 * length + 1);
            }
            return symbols;
        }

        /// The stretch that lasts longest; of equally long ones the first in the melody. Empty
        /// where not even the length of a note is in the corpus.
        public Optional<SharedStretch> longest(Melody melody) {
            SuffixAutomaton.Reader reader = automaton.reader();
            List<Integer> symbols = symbols(melody);
            Optional<SharedStretch> longest = Optional.empty();
            for (int i = 0; i < symbols.size(); i++) {
                SuffixAutomaton.Match match = reader.read(symbols.get(i));
                boolean endsWithLength = i % 2 == 0;
                int notes = (match.length() + 1) / 2;
                if (!endsWithLength || notes == 0) continue;
                SharedStretch found = stretch(melody, notes, i / 2, match.end());
                if (longest.isEmpty() || found.quarters.compareTo(longest.get().quarters) > 0) {
                    longest = Optional.of(found);
                }
            }
            return longest;
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
