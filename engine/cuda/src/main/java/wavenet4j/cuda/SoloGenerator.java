package wavenet4j.cuda;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Quantizer;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.Objects;

/// A [Streams] of one stream as a [Generator].
public final class SoloGenerator implements Generator {
    private final Streams streams;
    private final Quantizer quantizer;
    private final int[][] levels = new int[1][];

    /// A generator of that stream.
    ///
    /// @param streams of count 1; closed with the generator
    public SoloGenerator(Streams streams) {
        this.streams = streams;
        quantizer = streams.model().spec().quantizer();
    }

    @Override
    public Model model() {
        return streams.model();
    }

    @Override
    public int threads() {
        return streams.threads();
    }

    @Override
    public void reset(Take take) {
        streams.reset(0, take);
    }

    @Override
    public void prime(int[] levels, int from, int to) {
        streams.prime(0, levels, from, to);
    }

    @Override
    public void generate(int[] levels, int from, int to) {
        this.levels[0] = levels;
        streams.generate(this.levels, from, to);
    }

    @Override
    public void generate(float[] samples, int from, int to) {
        Objects.checkFromToIndex(from, to, samples.length);
        var drawn = new int[to - from];
        generate(drawn, 0, drawn.length);
        for (int i = 0; i < drawn.length; i++) samples[from + i] = quantizer.decode(drawn[i]);
    }

    @Override
    public void steer(Sampling sampling) {
        streams.steer(0, sampling);
    }

    @Override
    public void label(Map<String, Float> labels) {
        streams.label(0, labels);
    }

    @Override
    public void outputs(float[] into) {
        streams.outputs(0, into);
    }

    @Override
    public void close() {
        streams.close();
    }
}
