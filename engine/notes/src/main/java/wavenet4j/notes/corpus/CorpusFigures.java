package wavenet4j.notes.corpus;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import wavenet4j.notes.Bar;
import wavenet4j.notes.Meter;
import wavenet4j.notes.Part;
import wavenet4j.notes.Score;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.harmony.MelodyFinder;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the scores of a corpus hold, in numbers.
///
/// @param meters how many scores have each, such as `3/4`
/// @param keys how many scores are in each, such as `D major`
/// @param parts how many scores have so many parts
/// @param with how many scores have a trait, such as `a pickup`; none that no score has
/// @param moved the mean share of onsets and ends that the grid moves, from 0 to 1
/// @param mostMoved the score whose share is largest
public record CorpusFigures(
        long notes,
        long bars,
        SortedMap<String, Long> meters,
        SortedMap<String, Long> keys,
        SortedMap<String, Long> parts,
        Map<String, Long> with,
        double moved,
        Optional<Kept> mostMoved) {
    public CorpusFigures {
        meters = Collections.unmodifiableSortedMap(meters);
        keys = Collections.unmodifiableSortedMap(keys);
        parts = Collections.unmodifiableSortedMap(parts);
        with = Collections.unmodifiableMap(with);
    }

    static CorpusFigures of(ScoreCorpus corpus) {
        List<Score> scores = corpus.scores();
        return new CorpusFigures(
                scores.stream().mapToLong(Score::notes).sum(),
                scores.stream().mapToLong(score -> score.bars().size()).sum(),
                frequencies(scores.stream().flatMap(CorpusFigures::meters)),
                frequencies(corpus.kept().stream().map(kept -> kept.key().name())),
                frequencies(scores.stream().map(score -> "" + score.parts().size())),
                traits(scores),
                corpus.kept().stream().mapToDouble(Kept::moved).average().orElse(0),
                corpus.kept().stream().max(Comparator.comparingDouble(Kept::moved)));
    }

    private static Map<String, Long> traits(List<Score> scores) {
        var traits = new LinkedHashMap<String, Predicate<Score>>();
        traits.put("a pickup", score -> score.bars().getFirst().number() == 0);
        traits.put("changes of meter", score -> meters(score).count() > 1);
        traits.put("changes of tempo", score -> score.timeline().tempos().size() > 1);
        traits.put("changes of key", score -> score.timeline().keys().size() > 1);
        traits.put("chord symbols", score -> !score.chords().isEmpty());
        traits.put("several instruments", score -> programs(score) > 1);
        traits.put("a melody above other notes of its part", CorpusFigures::isCovered);
        var counts = new LinkedHashMap<String, Long>();
        traits.forEach((name, holds) -> {
            long count = scores.stream().filter(holds).count();
            if (count > 0) counts.put(name, count);
        });
        return counts;
    }

    private static Stream<String> meters(Score score) {
        return score.bars().stream().map(Bar::meter).map(Meter::signature).distinct();
    }

    private static long programs(Score score) {
        return score.parts().stream()
                .filter(part -> !part.percussion())
                .map(Part::program)
                .distinct()
                .count();
    }

    private static boolean isCovered(Score score) {
        return MelodyFinder.find(score).map(melody -> !melody.wholePart()).orElse(false);
    }

    private static SortedMap<String, Long> frequencies(Stream<String> values) {
        return values.collect(groupingBy(value -> value, TreeMap::new, counting()));
    }
}
