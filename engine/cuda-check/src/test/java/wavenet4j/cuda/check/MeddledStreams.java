package wavenet4j.cuda.check;

import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.util.Map;

/// Streams that say what others say, until a test meddles with it.
class MeddledStreams implements Streams {
    private final Streams streams;

    MeddledStreams(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Model model() {
        return streams.model();
    }

    @Override
    public int count() {
        return streams.count();
    }

    @Override
    public int threads() {
        return streams.threads();
    }

    @Override
    public void reset(int stream, Take take) {
        streams.reset(stream, take);
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        streams.steer(stream, sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        streams.label(stream, labels);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        streams.prime(stream, levels, from, to);
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        streams.prime(levels, from, to);
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        streams.generate(levels, from, to);
    }

    @Override
    public void outputs(int stream, float[] into) {
        streams.outputs(stream, into);
    }

    @Override
    public void close() {
        streams.close();
    }

    /// One whose last stream draws another last level in each call.
    static Streams corrupt(Streams streams) {
        return new MeddledStreams(streams) {
            @Override
            public void generate(int[][] levels, int from, int to) {
                super.generate(levels, from, to);
                levels[count() - 1][to - 1] ^= 1;
            }
        };
    }

    /// One that expects level 0 more, by so much of a logit.
    static Streams biased(Streams streams, float by) {
        return new MeddledStreams(streams) {
            @Override
            public void outputs(int stream, float[] into) {
                super.outputs(stream, into);
                into[0] += by;
            }
        };
    }
}
