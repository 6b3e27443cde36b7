package wavenet4j.backend;

import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Streams that notice when they are used after they were closed, or by two threads at once. It
/// costs one exchange a call and allocates nothing.
final class GuardedStreams implements Streams {
    private enum State {
        IDLE,
        BUSY,
        CLOSED
    }

    private final Streams streams;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    GuardedStreams(Streams streams) {
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
        begin();
        try {
            streams.reset(stream, take);
        } finally {
            end();
        }
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        begin();
        try {
            streams.steer(stream, sampling);
        } finally {
            end();
        }
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        begin();
        try {
            streams.label(stream, labels);
        } finally {
            end();
        }
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        begin();
        try {
            streams.prime(stream, levels, from, to);
        } finally {
            end();
        }
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        begin();
        try {
            streams.prime(levels, from, to);
        } finally {
            end();
        }
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        begin();
        try {
            streams.generate(levels, from, to);
        } finally {
            end();
        }
    }

    @Override
    public void outputs(int stream, float[] into) {
        begin();
        try {
            streams.outputs(stream, into);
        } finally {
            end();
        }
    }

    /// At once, or where a call is under way, at its end.
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.IDLE) streams.close();
    }

    private void begin() {
        switch (state.compareAndExchange(State.IDLE, State.BUSY)) {
            case IDLE -> {}
            case BUSY ->
                    throw new IllegalStateException(
                            "two threads use one generator, or the same streams, at once; give each"
                                    + " thread its own");
            case CLOSED ->
                    throw new IllegalStateException(
                            "the generator, or its streams, is closed; open another from the"
                                    + " backend");
        }
    }

    private void end() {
        if (!state.compareAndSet(State.BUSY, State.IDLE)) streams.close(); // closed meanwhile
    }
}
