package wavenet4j.train.data;

import wavenet4j.ModelSpec;
import wavenet4j.train.config.BatchConfig;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.levels.Levels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Cuts recordings into windows and groups them into batches. An epoch is every target of every
/// recording once, in an order and with augmentations that depend on the seed and the epoch alone:
/// the step number is the whole data position. Each window carries the receptive field before its
/// first target, and no window crosses from one recording into another.
public final class WindowSampler {
    /// A run of consecutive targets of one recording.
    ///
    /// @param first index of its first target
    /// @param augmentation in this epoch
    private record Window(
            EncodedRecording recording, int first, int targets, Augmentation augmentation) {
        Window with(Augmentation other) {
            return new Window(recording, first, targets, other);
        }
    }

    private static final int MOST_SAMPLES = 1 << 30; // in a batch: arrays have int indices

    /// Batches are padded to one of so many lengths: on a processor oneDNN compiles the products of
    /// each length anew, which for as many lengths as recordings took half of the time.
    private static final int LENGTHS = 32;

    private final ModelSpec spec;
    private final List<Window> windows = new ArrayList<>();
    private final int batchSize;
    private final int mostTargets;
    private final TrainingConfig config;
    private long plannedEpoch = -1;
    private List<List<Window>> plan = List.of();

    /// Windows of at most [BatchConfig#window()] targets each.
    ///
    /// @throws IllegalArgumentException when a batch would be larger than an array may be
    public WindowSampler(ModelSpec spec, List<EncodedRecording> recordings, TrainingConfig config) {
        this.spec = spec;
        this.config = config;
        batchSize = config.batches().size();
        int targets = config.batches().window();
        int context = spec.receptiveField();
        for (EncodedRecording recording : recordings) {
            // Equal parts of at most `targets`: no short remainder that would make a noisy step.
            int total = recording.levels().length() - context;
            int parts = Math.ceilDiv(total, targets);
            for (int part = 0; part < parts; part++) {
                int start = (int) ((long) total * part / parts);
                int end = (int) ((long) total * (part + 1) / parts);
                windows.add(new Window(recording, context + start, end - start, Augmentation.NONE));
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

    /// Windows in an epoch.
    public int windows() {
        return windows.size();
    }

    /// Batches, and so steps, in an epoch.
    public long batchesPerEpoch() {
        return Math.ceilDiv(windows.size(), batchSize);
    }

    /// The batch of a step as micro-batches of whole windows.
    ///
    /// @param step from 0
    /// @param size of the micro-batches
    public List<Batch> batch(long step, MicroBatchSize size) {
        long epoch = step / batchesPerEpoch();
        if (epoch != plannedEpoch) {
            plan = plan(epoch);
            plannedEpoch = epoch;
        }
        List<Window> batch = plan.get((int) (step % batchesPerEpoch()));
        int rows = size.rows(paddedTargets(batch));
        var microBatches = new ArrayList<Batch>();
        for (int first = 0; first < batch.size(); first += rows) {
            microBatches.add(collate(batch.subList(first, Math.min(first + rows, batch.size()))));
        }
        return microBatches;
    }

    /// At most `most` windows, not augmented, spread evenly over the recordings, one to a batch.
    public List<Batch> sample(int most) {
        int count = Math.min(most, windows.size());
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < count; i++) {
            batches.add(collate(List.of(windows.get((int) ((i + 0.5) * windows.size() / count)))));
        }
        return batches;
    }

    private List<List<Window>> plan(long epoch) {
        var random = new SplittableRandom(config.seed() + (epoch << 32));
        var order = new ArrayList<>(windows);
        Collections.shuffle(order, random);
        order.replaceAll(window -> window.with(Augmentation.draw(config.batches(), random)));
        // Windows of similar length share a batch, so that little of it is padding; sorting within
        // chunks of the shuffled order keeps epochs different.
        int chunk = 16 * batchSize;
        for (int first = 0; batchSize > 1 && first < order.size(); first += chunk) {
            order.subList(first, Math.min(first + chunk, order.size()))
                    .sort(Comparator.comparingInt(Window::targets));
        }
        var batches = new ArrayList<List<Window>>();
        for (int first = 0; first < order.size(); first += batchSize) {
            batches.add(order.subList(first, Math.min(first + batchSize, order.size())));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    private int paddedTargets(List<Window> rows) {
        int longest = rows.stream().mapToInt(Window::targets).max().orElseThrow();
        int unit = Math.ceilDiv(mostTargets, LENGTHS);
        return Math.min(Math.ceilDiv(longest, unit) * unit, mostTargets);
    }

    private Batch collate(List<Window> rows) {
        int b = rows.size();
        int targets = paddedTargets(rows);
        int context = spec.receptiveField();
        int silence = spec.quantizer().silence();
        var inputs = new long[(context + targets - 1) * b];
        var targetLevels = new long[targets * b];
        var mask = new float[targets * b];
        List<String> names = spec.labels().names();
        var labels = new float[b * names.size()];
        for (int row = 0; row < b; row++) {
            Window window = rows.get(row);
            Levels levels = window.recording().levels();
            int start = window.first() - context;
            Augmentation augmentation = window.augmentation();
            int silent = augmentation.cold() ? context : 0;
            int used = context + window.targets() - 1;
            var noise = augmentation.noise(spec.levels());
            for (int t = 0; t < context + targets - 1; t++) {
                boolean recorded = t >= silent && t < used;
                inputs[t * b + row] = recorded ? noise.applyAsInt(levels.at(start + t)) : silence;
            }
            for (int t = 0; t < window.targets(); t++) {
                targetLevels[t * b + row] = levels.at(window.first() + t);
                mask[t * b + row] = 1;
            }
            for (int label = 0; label < names.size(); label++) {
                boolean has = window.recording().labels().contains(names.get(label));
                labels[row * names.size() + label] = has && augmentation.labelled() ? 1 : 0;
            }
        }
        return new Batch(b, targets, inputs, targetLevels, mask, labels);
    }
}
