package wavenet4j.notes.corpus;

import static java.util.stream.Collectors.joining;

import wavenet4j.notes.KeySignature;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/// The scores of a folder, and the files that were left out.
///
/// @param stepsPerQuarter of the grid that suits them
/// @param kept the scores that are used, by name, in the same order on every system
/// @param leftOut what is not used, in the same order
/// @param ignored the number of other files for each extension
public record ScoreCorpus(
        int stepsPerQuarter,
        List<Kept> kept,
        List<LeftOut> leftOut,
        SortedMap<String, Integer> ignored) {

    private static final int MOST_REASONS = 3;

    /// A score that is used.
    ///
    /// @param name of its file relative to the folder, and its number where the file holds several
    /// @param key by its notes and its key signature
    /// @param moved the share of onsets and ends that the grid moves
    /// @param remarks what was mended in it and what is left out of it, one sentence each
    public record Kept(
            String name, Score score, KeySignature key, double moved, List<String> remarks) {
        public Kept {
            remarks = List.copyOf(remarks);
        }
    }

    /// A file or a score of it that is not used.
    ///
    /// @param name of its file relative to the folder, and its number where the file holds several
    public record LeftOut(String name, String reason) {}

    public ScoreCorpus {
        kept = List.copyOf(kept);
        leftOut = List.copyOf(leftOut);
    }

    /// Reads all scores of a folder. Whatever cannot be used is left out with the reason; of
    /// several with the same notes the first is kept.
    ///
    /// @param folder searched recursively; or a single file
    /// @param stepsPerQuarter of the grid; where absent, the fewest that suit the scores
    /// @throws ScoreException when the folder cannot be listed
    public static ScoreCorpus scan(Path folder, OptionalInt stepsPerQuarter) throws ScoreException {
        return new CorpusScan(new Listing(folder)).run(stepsPerQuarter);
    }

    /// The scores alone.
    public List<Score> scores() {
        return kept.stream().map(Kept::score).toList();
    }

    /// What the scores hold, in numbers.
    public CorpusFigures figures() {
        return CorpusFigures.of(this);
    }

    /// Why files are left out: the most frequent reasons, each with the number of its files and the
    /// name of one. Where no file is, that there is none.
    public String reasons() {
        if (leftOut.isEmpty() && kept.isEmpty()) return "it holds no MIDI or MusicXML file";
        var byReason = new LinkedHashMap<String, List<String>>();
        for (LeftOut file : leftOut) {
            byReason.computeIfAbsent(file.reason, _ -> new ArrayList<>()).add(file.name);
        }
        return byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(MOST_REASONS)
                .map(entry -> {
                    List<String> names = entry.getValue();
                    String of = names.getFirst() + ": " + entry.getKey();
                    return names.size() == 1 ? of : "%,d like %s".formatted(names.size(), of);
                })
                .collect(joining("; "));
    }

    /// A report of several lines: totals, meters, keys and parts, then remarks and reasons by file.
    public String summary() {
        return String.join("\n", new CorpusSummary(this).lines());
    }
}
