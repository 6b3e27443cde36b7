package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import wavenet4j.ModelSpec;
import wavenet4j.train.testing.TinyRun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Every moment of every recording has a level of its own, so that a batch tells where it was cut.
final class WindowSamplerTest {
    private static final ModelSpec SPEC = TinyRun.spec(65_536, 2, List.of(1, 2, 4), "a", "b");
    private static final int FIELD = SPEC.receptiveField();
    private static final int[] LENGTHS = {FIELD + 1, FIELD + 2, 500, 731, 1234, 90};
    private static final List<EncodedRecording> RECORDINGS = recordings();

    private static List<EncodedRecording> recordings() {
        var recordings = new ArrayList<EncodedRecording>();
        for (int i = 0; i < LENGTHS.length; i++) {
            int first = firstLevel(i);
            int[] levels = IntStream.range(first, first + LENGTHS[i]).toArray();
            Set<String> labels = i % 2 == 0 ? Set.of("a") : Set.of("a", "b");
            recordings.add(TinyRun.recording(i + ".wav", levels, labels));
        }
        return recordings;
    }

    private static int firstLevel(int recording) {
        return 10_000 * recording;
    }

    private static WindowSampler windows(int targets, int batch, long seed) {
        return windows(RECORDINGS, targets, batch, seed, 0);
    }

    private static WindowSampler windows(
            List<EncodedRecording> recordings,
            int targets,
            int batch,
            long seed,
            double coldStarts) {
        return windows(
                recordings,
                "training.window=" + targets,
                "training.batch=" + batch,
                "training.seed=" + seed,
                "training.coldStarts=" + coldStarts);
    }

    private static WindowSampler windows(List<EncodedRecording> recordings, String... settings) {
        return new WindowSampler(SPEC, recordings, TinyRun.config(settings).training());
    }

    private static Batch batch(WindowSampler windows, long step) {
        List<Batch> parts = windows.batch(step, new MicroBatchSize.Targets(Integer.MAX_VALUE));
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"100,1", "100,4", "7,3", "5000,2", "1,64"})
    void anEpochIsEveryTargetOnceWithItsContext(int targets, int batchSize) {
        WindowSampler windows = windows(targets, batchSize, 1);
        var seen = new int[65_536];
        long epoch = windows.batchesPerEpoch();
        for (long step = epoch; step < 2 * epoch; step++) {
            Batch batch = batch(windows, step);
            assertThat(batch.targets()).isLessThanOrEqualTo(targets);
            assertThat(batch.rows()).isBetween(1, batchSize);
            int counted = 0;
            for (int row = 0; row < batch.rows(); row++) {
                boolean ended = false;
                for (int t = 0; t < batch.targets(); t++) {
                    int b = batch.rows();
                    if (batch.mask()[t * b + row] == 0) {
                        ended = true;
                        continue;
                    }
                    assertThat(ended).as("padding is at the end").isFalse();
                    counted++;
                    long target = batch.targetLevels()[t * b + row];
                    seen[(int) target]++;
                    for (int back = 1; back <= FIELD; back++) {
                        assertThat(batch.inputs()[(t + FIELD - back) * b + row])
                                .isEqualTo(target - back);
                    }
                    int recording = (int) target / 10_000;
                    assertThat(batch.labels()[row * 2]).isEqualTo(1);
                    assertThat(batch.labels()[row * 2 + 1]).isEqualTo(recording % 2);
                }
            }
            assertThat(batch.targetCount()).isEqualTo(counted).isPositive();
        }
        for (int i = 0; i < LENGTHS.length; i++) {
            for (int t = 0; t < LENGTHS[i]; t++) {
                assertThat(seen[firstLevel(i) + t])
                        .as("recording %d, sample %d", i, t)
                        .isEqualTo(t < FIELD ? 0 : 1);
            }
        }
    }

    @Test
    void aBatchFollowsFromTheStepAlone() {
        WindowSampler forward = windows(50, 3, 7);
        WindowSampler anyhow = windows(50, 3, 7);
        long steps = 3 * forward.batchesPerEpoch() + 2;
        var expected = new ArrayList<Batch>();
        for (long step = 0; step < steps; step++) expected.add(batch(forward, step));
        for (long i = 0; i < steps; i++) {
            int step = (int) (i * 37 % steps); // steps is prime to 37
            requireEqual(batch(anyhow, step), expected.get(step));
        }
    }

    @Test
    void epochsAndSeedsDiffer() {
        WindowSampler one = windows(50, 3, 1);
        WindowSampler two = windows(50, 3, 2);
        int epoch = (int) one.batchesPerEpoch();
        int sameInNextEpoch = 0;
        int sameInOtherSeed = 0;
        for (int step = 0; step < epoch; step++) {
            long[] wanted = batch(one, step).targetLevels();
            if (Arrays.equals(wanted, batch(one, step + epoch).targetLevels())) {
                sameInNextEpoch++;
            }
            if (Arrays.equals(wanted, batch(two, step).targetLevels())) sameInOtherSeed++;
        }
        assertThat(sameInNextEpoch).isLessThan(epoch / 4);
        assertThat(sameInOtherSeed).isLessThan(epoch / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 250, 399, 400})
    void theWindowsOfABatchAreSharedOutToItsParts(int most) {
        WindowSampler windows = windows(100, 4, 1);
        for (long step = 0; step < windows.batchesPerEpoch(); step++) {
            Batch whole = batch(windows, step);
            List<Batch> parts = windows.batch(step, new MicroBatchSize.Targets(most));
            int rows = Math.max(1, most / whole.targets());
            assertThat(parts).hasSize(Math.ceilDiv(whole.rows(), rows));
            assertThat(parts.stream().mapToInt(Batch::targetCount).sum())
                    .isEqualTo(whole.targetCount());
            assertThat(parts)
                    .flatExtracting(WindowSamplerTest::firstTargets)
                    .isEqualTo(firstTargets(whole));
        }
    }

    private static List<Long> firstTargets(Batch batch) {
        return rows(batch).stream().map(row -> row.targetLevels().getFirst()).toList();
    }

    @Test
    void windowsOfLikeLengthShareABatch() {
        WindowSampler windows = windows(100, 4, 3);
        long targets = 0;
        long padded = 0;
        for (long step = 0; step < windows.batchesPerEpoch(); step++) {
            Batch batch = batch(windows, step);
            targets += batch.targetCount();
            padded += (long) batch.rows() * batch.targets() - batch.targetCount();
        }
        assertThat(padded).isLessThan(targets / 4);
    }

    /// Each length costs time on a processor, and each sample of padding does.
    @Test
    void manyLengthsOfRecordingsMakeFewLengthsOfBatches() {
        var recordings = new ArrayList<EncodedRecording>();
        for (int n = 0; n < 300; n++) {
            var levels = new int[FIELD + 1 + 5 * n];
            recordings.add(TinyRun.recording(n + ".wav", levels, Set.of("a")));
        }
        WindowSampler windows = windows(recordings, 1000, 1, 1, 0);
        var lengths = new TreeSet<Integer>();
        long targets = 0;
        long padded = 0;
        for (long step = 0; step < windows.batchesPerEpoch(); step++) {
            Batch batch = batch(windows, step);
            lengths.add(batch.targets());
            targets += batch.targetCount();
            padded += batch.targets() - batch.targetCount();
        }
        assertThat(lengths).hasSizeBetween(16, 32);
        assertThat(lengths.last()).isLessThanOrEqualTo(1000);
        assertThat(padded).isLessThan(targets / 30);
    }

    @Test
    void aSampleIsSpreadOverTheRecordings() {
        List<Batch> batches = windows(50, 1, 1).sample(20);
        assertThat(batches).hasSize(20).allSatisfy(b -> assertThat(b.rows()).isEqualTo(1));
        List<Integer> of =
                batches.stream().map(b -> (int) b.targetLevels()[0] / 10_000).distinct().toList();
        assertThat(of).contains(2, 3, 4); // all the long ones
        List<Long> starts = batches.stream().map(b -> b.targetLevels()[0]).toList();
        assertThat(starts).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSampleOfMoreThanThereIsIsAll() {
        WindowSampler windows = windows(50, 4, 1);
        int targets = windows.sample(10_000).stream().mapToInt(Batch::targetCount).sum();
        assertThat(targets).isEqualTo(IntStream.of(LENGTHS).map(n -> n - FIELD).sum());
    }

    @Test
    void coldWindowsHearSilenceInPlaceOfTheirContextAndElseTheSame() {
        WindowSampler warm = windows(RECORDINGS, 50, 4, 1, 0);
        WindowSampler some = windows(RECORDINGS, 50, 4, 1, 0.3);
        List<Window> cold = rows(some).stream().filter(Window::cold).toList();
        assertThat((double) cold.size() / rows(some).size()).isBetween(0.15, 0.45);
        assertThat(cold)
                .allSatisfy(w -> {
                    assertThat(w.inputs().subList(0, FIELD)).containsOnly(32_768L);
                    for (int t = FIELD; t < w.inputs().size(); t++) {
                        if (w.inputs().get(t) != 32_768)
                            assertThat(w.inputs().get(t))
                                    .isEqualTo(w.targetLevels().get(t - FIELD));
                    }
                });
        assertThat(rows(warm)).noneMatch(Window::cold);
        assertThat(rows(windows(RECORDINGS, 50, 4, 1, 1))).allMatch(Window::cold);
        assertThat(some.sample(1000))
                .flatExtracting(WindowSamplerTest::rows)
                .noneMatch(Window::cold);
    }

    @Test
    void noiseIsOnWhatIsHeardAndNotOnWhatIsWanted() {
        WindowSampler clean = windows(50, 4, 1);
        WindowSampler noisy =
                windows(
                        RECORDINGS,
                        "training.window=50",
                        "training.batch=4",
                        "training.inputNoise=3");
        var errors = new ArrayList<Long>();
        for (long step = 0; step < clean.batchesPerEpoch(); step++) {
            List<Window> heard = rows(batch(clean, step));
            List<Window> withNoise = rows(batch(noisy, step));
            for (int row = 0; row < heard.size(); row++) {
                assertThat(withNoise.get(row).targetLevels())
                        .isEqualTo(heard.get(row).targetLevels());
                int used =
                        FIELD
                                + (int)
                                        heard.get(row).targetLevels().stream()
                                                .filter(w -> w > 0)
                                                .count();
                for (int t = 0; t < used - 1; t++) {
                    long level = heard.get(row).inputs().get(t);
                    if (level < 20) continue; // noise ends at the lowest level
                    errors.add(withNoise.get(row).inputs().get(t) - level);
                }
            }
        }
        var statistics = errors.stream().mapToLong(e -> e).summaryStatistics();
        double squares = errors.stream().mapToDouble(e -> (double) e * e).average().orElseThrow();
        assertThat(statistics.getAverage()).isBetween(-0.2, 0.2);
        assertThat(Math.sqrt(squares)).isBetween(2.8, 3.2);
        requireEqual(batch(noisy, 3), batch(noisy, 3));
        assertThat(noisy.sample(1000))
                .zipSatisfy(clean.sample(1000), WindowSamplerTest::requireEqual);
    }

    @Test
    void labelsAreDroppedFromAShareOfTheWindows() {
        WindowSampler some =
                windows(
                        RECORDINGS,
                        "training.window=10",
                        "training.batch=4",
                        "training.labelDropout=0.25");
        int rows = 0;
        int unlabelled = 0;
        for (long step = 0; step < some.batchesPerEpoch(); step++) {
            Batch batch = batch(some, step);
            for (int row = 0; row < batch.rows(); row++) {
                rows++;
                if (batch.labels()[2 * row] == 0) {
                    unlabelled++;
                    assertThat(batch.labels()[2 * row + 1]).isZero();
                }
            }
        }
        assertThat((double) unlabelled / rows).isBetween(0.15, 0.35);
        assertThat(some.sample(1000)).allSatisfy(b -> assertThat(b.labels()[0]).isEqualTo(1));
    }

    /// One row of a batch.
    private record Window(List<Long> inputs, List<Long> targetLevels) {
        boolean cold() {
            return inputs.get(0) == 32_768 && inputs.get(FIELD - 1) == 32_768;
        }
    }

    private static List<Window> rows(WindowSampler windows) {
        var rows = new ArrayList<Window>();
        for (long step = 0; step < windows.batchesPerEpoch(); step++) {
            rows.addAll(rows(batch(windows, step)));
        }
        return rows;
    }

    private static List<Window> rows(Batch batch) {
        int b = batch.rows();
        return IntStream.range(0, b)
                .mapToObj(row ->
                        new Window(row(batch.inputs(), row, b), row(batch.targetLevels(), row, b)))
                .toList();
    }

    private static List<Long> row(long[] values, int row, int rows) {
        return IntStream.range(0, values.length / rows)
                .mapToObj(t -> values[t * rows + row])
                .toList();
    }

    @Test
    void aStepTooLargeForAnyMemoryIsRefused() {
        List<EncodedRecording> endless =
                List.of(TinyRun.recording("a.wav", new int[300_000], Set.of()));
        assertThatThrownBy(() -> windows(endless, 1 << 24, 4096, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower training.batch or training.window");
    }

    private static void requireEqual(Batch actual, Batch expected) {
        assertThat(actual.inputs()).isEqualTo(expected.inputs());
        assertThat(actual.targetLevels()).isEqualTo(expected.targetLevels());
        assertThat(actual.mask()).isEqualTo(expected.mask());
        assertThat(actual.labels()).isEqualTo(expected.labels());
    }
}
