package wavenet4j.cli.scores;

import static java.util.stream.Collectors.joining;

import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.counts.Split;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The pieces of a corpus of which the same is counted, by what they are for.
///
/// @param rule by which each is for its purpose, in words
record CountedPieces(CountedMusic music, Split<Kept> pieces, String rule) {
    /// With fewer, none would be held out by its place.
    private static final int FEWEST = 10;

    private static final Pattern NUMBER = Pattern.compile("(?:.*[/\\\\])?(\\d{1,9})\\.\\w+");

    /// Of everything that enough pieces have.
    ///
    /// @param folder of the corpus, for the error
    /// @throws IllegalArgumentException when there is nothing of that kind
    static List<CountedPieces> of(ScoreCorpus corpus, Path folder) {
        var counted = new ArrayList<CountedPieces>();
        for (CountedMusic music : CountedMusic.values()) {
            List<Kept> pieces = having(music, corpus);
            if (pieces.size() >= FEWEST) counted.add(split(music, pieces));
        }
        if (!counted.isEmpty()) return counted;
        String found =
                Arrays.stream(CountedMusic.values())
                        .map(music ->
                                "%d with %s".formatted(having(music, corpus).size(), music.title()))
                        .collect(joining(", "));
        throw new IllegalArgumentException(
                "--bits needs %d pieces of a kind, and %s has %s; add some, or leave out --bits"
                        .formatted(FEWEST, folder, found));
    }

    private static List<Kept> having(CountedMusic music, ScoreCorpus corpus) {
        return corpus.kept().stream().filter(kept -> music.isIn(kept.score())).toList();
    }

    private static CountedPieces split(CountedMusic music, List<Kept> pieces) {
        List<Integer> numbers =
                pieces.stream()
                        .map(piece -> NUMBER.matcher(piece.name()))
                        .filter(matcher -> matcher.matches())
                        .map(matcher -> Integer.valueOf(matcher.group(1)))
                        .toList();
        if (numbers.size() == pieces.size()) {
            // Of some collections those with a 9 are kept back altogether.
            int tuning = numbers.stream().anyMatch(number -> number % 10 == 9) ? 9 : 7;
            Split<Kept> split = Split.of(pieces, numbers, tuning);
            boolean whole =
                    !split.training().isEmpty()
                            && !split.tuning().isEmpty()
                            && !split.heldOut().isEmpty();
            if (whole) {
                return new CountedPieces(
                        music,
                        split,
                        "by the last digit of their numbers: held out are those with 8, to tune"
                                + " with are those with "
                                + tuning);
            }
        }
        return new CountedPieces(
                music,
                Split.of(pieces),
                "by their order: of ten each, the ninth is held out, the tenth is to tune with");
    }
}
