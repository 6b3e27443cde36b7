package wavenet4j.audio.corpus;

import wavenet4j.audio.AudioHeader;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Which of the sample rates of a corpus its recordings are resampled to.
public enum RateRule {
    /// The rate of most of the sound; the highest of several, so that nothing is lost.
    SOUND {
        @Override
        int choose(Collection<AudioHeader> headers) {
            var seconds = new TreeMap<Integer, Double>();
            for (AudioHeader header : headers) {
                seconds.merge(header.sampleRate(), header.seconds(), Double::sum);
            }
            int chosen = 0;
            double most = -1;
            for (Map.Entry<Integer, Double> rate : seconds.entrySet()) {
                if (rate.getValue() >= most * (1 - EQUAL)) {
                    most = rate.getValue();
                    chosen = rate.getKey();
                }
            }
            return chosen;
        }
    },
    /// The rate of most of the files; the lowest of several.
    FILES {
        @Override
        int choose(Collection<AudioHeader> headers) {
            var files = new TreeMap<Integer, Integer>();
            for (AudioHeader header : headers) files.merge(header.sampleRate(), 1, Integer::sum);
            int chosen = 0;
            int most = 0;
            for (Map.Entry<Integer, Integer> rate : files.entrySet()) {
                if (rate.getValue() > most) {
                    most = rate.getValue();
                    chosen = rate.getKey();
                }
            }
            return chosen;
        }
    };

    /// Copies of one recording at two rates differ by a sample or so.
    private static final double EQUAL = 1e-3;

    /// The rate, in Hz; 0 where there are no files.
    abstract int choose(Collection<AudioHeader> headers);
}
