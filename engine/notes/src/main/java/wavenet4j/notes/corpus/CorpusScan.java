package wavenet4j.notes.corpus;

import wavenet4j.notes.Note;
import wavenet4j.notes.Part;
import wavenet4j.notes.ReadScore;
import wavenet4j.notes.Score;
import wavenet4j.notes.ScoreException;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;
import wavenet4j.notes.grid.GridResolution;
import wavenet4j.notes.grid.GridVocabulary;
import wavenet4j.notes.harmony.KeyFinder;
import wavenet4j.notes.internal.Remarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One pass over a folder: lists the files, reads their scores, then chooses the grid.
final class CorpusScan {
    /// A score and the name that it goes by.
    private record Named(String name, ReadScore read) {}

    private final Listing listing;
    private final List<LeftOut> leftOut;
    private final List<Named> scores = new ArrayList<>();
    private final Map<SoundingNotes, String> names = new HashMap<>();

    CorpusScan(Listing listing) {
        this.listing = listing;
        leftOut = new ArrayList<>(listing.leftOut());
    }

    ScoreCorpus run(OptionalInt stepsPerQuarter) {
        for (Path file : listing.files()) read(file);
        List<Score> all = scores.stream().map(named -> named.read.score()).toList();
        int steps = stepsPerQuarter.orElseGet(() -> GridResolution.choose(all));
        List<Kept> kept = scores.stream().map(named -> kept(named, steps)).toList();
        leftOut.sort(Comparator.comparing(LeftOut::name));
        return new ScoreCorpus(steps, kept, leftOut, listing.ignored());
    }

    private void read(Path file) {
        String name = listing.name(file).toString();
        try {
            List<ReadScore> read = ScoreFile.readAll(file);
            if (read.isEmpty()) leftOut.add(new LeftOut(name, "holds no scores"));
            for (int i = 0; i < read.size(); i++) {
                add(read.size() == 1 ? name : name + " " + (i + 1), read.get(i));
            }
        } catch (ScoreException e) {
            leftOut.add(new LeftOut(name, e.problem()));
        }
    }

    private void add(String name, ReadScore read) {
        Score score = read.score();
        var notes = SoundingNotes.of(score);
        Optional<String> problem =
                notes.isEmpty()
                        ? Optional.of("has no notes but drums or grace notes")
                        : GridResolution.problem(score);
        if (problem.isPresent()) {
            leftOut.add(new LeftOut(name, problem.get()));
        } else {
            String first = names.putIfAbsent(notes, name);
            if (first == null) scores.add(new Named(name, BarLines.mended(read)));
            else leftOut.add(new LeftOut(name, "has the same notes as " + first));
        }
    }

    private static Kept kept(Named named, int steps) {
        Score score = named.read.score();
        var remarks = new ArrayList<>(named.read.remarks());
        remarks.addAll(remarks(score));
        return new Kept(
                named.name,
                score,
                KeyFinder.find(score),
                GridResolution.moved(List.of(score), steps),
                remarks);
    }

    private static List<String> remarks(Score score) {
        var remarks = new Remarks();
        for (Part part : score.parts()) {
            if (part.percussion()) {
                remarks.count("part is of drums", "parts are of drums");
                continue;
            }
            for (Note note : part.notes()) {
                if (!GridVocabulary.hasKey(note.key())) {
                    remarks.count(
                            "note has a key that no piano has",
                            "notes have keys that no piano has");
                }
            }
        }
        return remarks.sentences();
    }
}
