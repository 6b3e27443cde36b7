package wavenet4j.live;

import org.jspecify.annotations.Nullable;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.distribution.Sampling;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// A take while it is made: a generator, how long it goes on, and settings that any thread may
/// change meanwhile. One thread reads; none ever waits for another.
///
/// [TakeStream], [BufferedTake] and [TakePublisher] offer it in other forms.
public final class LiveTake implements AutoCloseable {
    /// The samples between two reads of the settings: the longest delay of a change.
    static final int CHUNK = 256;

    private enum State {
        IDLE,
        READING,
        CLOSED
    }

    private final Generator generator;
    private final boolean endless;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private long left; // of the reading thread
    // Settings that the generator does not have yet, else null.
    private final AtomicReference<@Nullable Sampling> sampling = new AtomicReference<>();
    private final AtomicReference<@Nullable Map<String, Float>> labels = new AtomicReference<>();

    /// A take that ends after that many samples. It goes on from where the generator is, which is
    /// now the take's own, and closed with it.
    public LiveTake(Generator generator, long samples) {
        this(generator, samples, false);
        if (samples < 0) {
            throw new IllegalArgumentException(
                    "a take of " + samples + " samples; it must be 0 or more");
        }
    }

    private LiveTake(Generator generator, long samples, boolean endless) {
        this.generator = generator;
        this.endless = endless;
        left = samples;
    }

    /// A take that goes on until it is closed.
    public static LiveTake endless(Generator generator) {
        return new LiveTake(generator, Long.MAX_VALUE, true);
    }

    /// The model that generates.
    public Model model() {
        return generator.model();
    }

    /// Whether it has no end of its own.
    public boolean isEndless() {
        return endless;
    }

    /// Draws otherwise from the next 256 samples on, at the latest. For any thread.
    ///
    /// @throws IllegalArgumentException when that is not for such a model; nothing changes
    public void steer(Sampling sampling) {
        model().spec().distribution().requireSampling(sampling);
        this.sampling.set(Objects.requireNonNull(sampling));
    }

    /// Speaks under other labels from the next 256 samples on, at the latest. For any thread.
    ///
    /// @param labels as in [Generator#label(Map)]
    /// @throws IllegalArgumentException when a label is none of the model's or a share is not a
    ///   finite number; nothing changes
    public void label(Map<String, Float> labels) {
        this.labels.set(model().spec().labels().resolve(Map.copyOf(labels)));
    }

    /// Generates the next samples, amplitudes in [-1, 1], into `samples[from, to)`. Allocates
    /// nothing, and takes as long as the generator does.
    ///
    /// @return how many there were, fewer than asked for only where the take ends; -1 when it has
    ///   ended or is closed
    /// @throws IllegalStateException when another thread is reading
    public int read(float[] samples, int from, int to) {
        Objects.checkFromToIndex(from, to, samples.length);
        if (!begin()) return -1;
        try {
            int end = from + (int) Math.min(to - from, left);
            int at = from;
            while (at < end && !isClosed()) {
                applySettings();
                int next = Math.min(end, at + CHUNK);
                generator.generate(samples, at, next);
                left -= next - at;
                at = next;
            }
            return at == from && from < to ? -1 : at - from;
        } finally {
            if (!state.compareAndSet(State.READING, State.IDLE)) generator.close();
        }
    }

    /// The samples until its end. For the reading thread.
    long left() {
        return isClosed() ? 0 : left;
    }

    boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /// Ends the take and closes the generator, at once or, where another thread is reading, as soon
    /// after the present chunk. For any thread.
    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.IDLE) generator.close();
    }

    private boolean begin() {
        return switch (state.compareAndExchange(State.IDLE, State.READING)) {
            case IDLE -> true;
            case CLOSED -> false;
            case READING ->
                    throw new IllegalStateException(
                            "two threads read one take at once; give each a generator of its own");
        };
    }

    /// Hands new settings to the generator.
    private void applySettings() {
        Sampling wantedSampling = sampling.getAndSet(null);
        if (wantedSampling != null) generator.steer(wantedSampling);
        Map<String, Float> wantedLabels = labels.getAndSet(null);
        if (wantedLabels != null) generator.label(wantedLabels);
    }
}
