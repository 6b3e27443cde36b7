package wavenet4j.backend;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.util.List;
import java.util.Map;

/// Streams that have nothing to do with each other: a generator each.
///
/// @param generators at least one, all of one model
public record SeparateStreams(List<Generator> generators) implements Streams {
    public SeparateStreams {
        generators = List.copyOf(generators);
        if (generators.isEmpty()) throw new IllegalArgumentException("there is no generator");
    }

    @Override
    public Model model() {
        return generators.getFirst().model();
    }

    @Override
    public int count() {
        return generators.size();
    }

    @Override
    public int threads() {
        return generators.getFirst().threads();
    }

    @Override
    public void reset(int stream, Take take) {
        generators.get(stream).reset(take);
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        generators.get(stream).steer(sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        generators.get(stream).label(labels);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        generators.get(stream).prime(levels, from, to);
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        for (int n = 0; n < count(); n++) generators.get(n).prime(levels[n], from, to);
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        for (int n = 0; n < count(); n++) generators.get(n).generate(levels[n], from, to);
    }

    @Override
    public void outputs(int stream, float[] into) {
        generators.get(stream).outputs(into);
    }

    @Override
    public void close() {
        generators.forEach(Generator::close);
    }
}
