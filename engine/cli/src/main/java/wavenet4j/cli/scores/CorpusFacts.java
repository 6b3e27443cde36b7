package wavenet4j.cli.scores;

import wavenet4j.notes.corpus.CorpusFigures;
import wavenet4j.notes.corpus.ScoreCorpus;
import wavenet4j.notes.corpus.ScoreCorpus.Kept;
import wavenet4j.notes.corpus.ScoreCorpus.LeftOut;

import java.util.LinkedHashMap;
import java.util.TreeMap;

/// What a folder holds, and what of it is left out.
final class CorpusFacts {
    private CorpusFacts() {}

    static Section section(ScoreCorpus corpus) {
        CorpusFigures figures = corpus.figures();
        var map = new LinkedHashMap<String, Object>();
        map.put("scores", corpus.kept().size());
        map.put("notes", figures.notes());
        map.put("bars", figures.bars());
        map.put("meters", figures.meters());
        map.put("keys", figures.keys());
        map.put("parts", figures.parts());
        map.put("with", figures.with());
        map.put("stepsPerQuarter", corpus.stepsPerQuarter());
        map.put("movedPercent", 100 * figures.moved());
        var moved = new TreeMap<String, Double>();
        for (Kept kept : corpus.kept()) {
            if (kept.moved() > 0) moved.put(kept.name(), 100 * kept.moved());
        }
        map.put("movedPercentOf", moved);
        var remarks = new LinkedHashMap<String, Object>();
        for (Kept kept : corpus.kept()) {
            if (!kept.remarks().isEmpty()) remarks.put(kept.name(), kept.remarks());
        }
        map.put("remarks", remarks);
        var leftOut = new LinkedHashMap<String, String>();
        for (LeftOut score : corpus.leftOut()) leftOut.put(score.name(), score.reason());
        map.put("leftOut", leftOut);
        map.put("ignored", corpus.ignored());
        return new Section("corpus", map, corpus.summary().lines().toList());
    }
}
