package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.TrainingConfig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Cuts recordings into windows and gives them out in batches. An epoch is every target of every
/// recording once, in an order and with variations that depend on the seed and the epoch alone, so
/// that the step number is the whole data position. Each window carries the receptive field before
/// its first target, and none reaches from one recording into another.
public final class WindowSampler {
    /// A run of consecutive targets of one recording.
    ///
    /// @param first index of its first target
    /// @param variation how it is heard this time
    private record Window(
            EncodedRecording recording, int first, int targets, Augmentation variation) {
        Window heard(Augmentation otherwise) {
            return new Window(recording, first, targets, otherwise);
        }
    }

    private static final int MOST_SAMPLES = 1 << 30; // in a batch: arrays have int indices

    /// Batches are padded to one of so many lengths. On a processor the products of each length are
    /// compiled anew, which for as many lengths as there are recordings took half of the time.
    private static final int LENGTHS = 32;

    private final ModelSpec spec;
    private final List<Window> windows = new ArrayList<>();
    private final int batchSize;
    private final int mostTargets;
    private final TrainingConfig config;
    private long plannedEpoch = -1;
    private List<List<Window>> plan = List.of();

    public WindowSampler(ModelSpec spec, List<EncodedRecording> recordings, TrainingConfig config) {
        this.spec = spec;
        this.config = config;
        batchSize = config.batches().size();
        int targets = config.batches().window();
        int context = spec.receptiveField();
        for (EncodedRecording recording : recordings) {
            // Equal parts of at most `targets`: no short remainder that would make a noisy step.
            int total = recording.levels().length - context;
            int parts = Math.ceilDiv(total, targets);
            for (int part = 0; part < parts; part++) {
                int from = (int) ((long) total * part / parts);
                int to = (int) ((long) total * (part + 1) / parts);
                windows.add(new Window(recording, context + from, to - from, Augmentation.NONE));
            }
        }
        mostTargets = windows.stream().mapToInt(Window::targets).max().orElseThrow();
        if ((long) batchSize * (context + mostTargets) > MOST_SAMPLES) {
            throw new IllegalArgumentException(
                    ("a step of %d windows of %d targets, each with a receptive field of %d before"
                                    + " it, is more than %d samples; lower training.batch or"
                                    + " training.window")
                            .formatted(batchSize, mostTargets, context, MOST_SAMPLES));
        }
    }

    public long batchesPerEpoch() {
        return Math.ceilDiv(windows.size(), batchSize);
    }

    /// The batch of that step, counted from 0, in parts of whole windows to be learned from one
    /// after the other.
    ///
    /// @param size of the parts
    public List<Batch> batch(long step, MicroBatchSize size) {
        long epoch = step / batchesPerEpoch();
        if (epoch != plannedEpoch) {
            plan = plan(epoch);
            plannedEpoch = epoch;
        }
        List<Window> batch = plan.get((int) (step % batchesPerEpoch()));
        int rows = size.rows(paddedTargets(batch));
        var parts = new ArrayList<Batch>();
        for (int from = 0; from < batch.size(); from += rows) {
            parts.add(cut(batch.subList(from, Math.min(from + rows, batch.size()))));
        }
        return parts;
    }

    /// At most `most` windows, none of them varied, spread evenly over the recordings, one to a
    /// batch.
    public List<Batch> sample(int most) {
        int count = Math.min(most, windows.size());
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < count; i++) {
            batches.add(cut(List.of(windows.get((int) ((i + 0.5) * windows.size() / count)))));
        }
        return batches;
    }

    private List<List<Window>> plan(long epoch) {
        var random = new SplittableRandom(config.seed() + (epoch << 32));
        var order = new ArrayList<>(windows);
        Collections.shuffle(order, random);
        order.replaceAll(window -> window.heard(Augmentation.draw(config.batches(), random)));
        // Windows of like length share a batch, so that little of it is padding; sorting within
        // chunks of the shuffled order keeps epochs different.
        int chunk = 16 * batchSize;
        for (int from = 0; batchSize > 1 && from < order.size(); from += chunk) {
            order.subList(from, Math.min(from + chunk, order.size()))
                    .sort(Comparator.comparingInt(Window::targets));
        }
        var batches = new ArrayList<List<Window>>();
        for (int from = 0; from < order.size(); from += batchSize) {
            batches.add(order.subList(from, Math.min(from + batchSize, order.size())));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    private int paddedTargets(List<Window> rows) {
        int longest = rows.stream().mapToInt(Window::targets).max().orElseThrow();
        int unit = Math.ceilDiv(mostTargets, LENGTHS);
        return Math.min(Math.ceilDiv(longest, unit) * unit, mostTargets);
    }

    private Batch cut(List<Window> rows) {
        int b = rows.size();
        int targets = paddedTargets(rows);
        int context = spec.receptiveField();
        int silence = spec.quantizer().silence();
        var inputs = new long[(context + targets - 1) * b];
        var wanted = new long[targets * b];
        var counts = new float[targets * b];
        List<String> names = spec.labels().names();
        var labels = new float[b * names.size()];
        for (int row = 0; row < b; row++) {
            Window window = rows.get(row);
            char[] levels = window.recording().levels();
            int start = window.first() - context;
            Augmentation variation = window.variation();
            int silent = variation.cold() ? context : 0;
            int used = context + window.targets() - 1;
            var noise = variation.noise(spec.levels());
            for (int t = 0; t < context + targets - 1; t++) {
                boolean heard = t >= silent && t < used;
                inputs[t * b + row] = heard ? noise.applyAsInt(levels[start + t]) : silence;
            }
            for (int t = 0; t < window.targets(); t++) {
                wanted[t * b + row] = levels[window.first() + t];
                counts[t * b + row] = 1;
            }
            for (int label = 0; label < names.size(); label++) {
                boolean has = window.recording().labels().contains(names.get(label));
                labels[row * names.size() + label] = has && variation.labelled() ? 1 : 0;
            }
        }
        return new Batch(b, targets, inputs, wanted, counts, labels);
    }
}
