package wavenet4j.train.report;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Distribution;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.report.Metrics.Recorded;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The data of a report's charts, as its script reads them. Where there are more points than a
/// chart can show, neighbours are merged into their mean and range.
///
/// @param uniformBits bits per sample of a uniform distribution
/// @param best the evaluation with the fewest bits, once there is one
record Curves(
        double uniformBits,
        Training training,
        HeldOut heldOut,
        @Nullable Point best,
        List<Mark> marks) {
    static final int MOST_POINTS = 2000;

    private static final MathContext DIGITS = new MathContext(7);

    /// Null stands for NaN and infinity.
    record Training(
            List<Long> step,
            List<@Nullable Double> minute,
            Range bits,
            Range rate,
            Range norm,
            Range speed) {}

    record HeldOut(List<Long> step, List<@Nullable Double> minute, List<@Nullable Double> bits) {}

    record Range(
            List<@Nullable Double> mean,
            List<@Nullable Double> least,
            List<@Nullable Double> most) {}

    record Point(long step, @Nullable Double minute, @Nullable Double bits) {}

    /// A remark on the curves; its number is in the chart and in the list below.
    record Mark(int number, long step, @Nullable Double minute, String text) {}

    static Curves of(Metrics metrics, Distribution output) {
        var steps = buckets(metrics.progress());
        var evaluations = buckets(metrics.evaluations());
        var training =
                new Training(
                        steps(steps),
                        minutes(steps, metrics),
                        range(steps, TrainingEvent.Progress::bits),
                        range(steps, TrainingEvent.Progress::rate),
                        range(steps, TrainingEvent.Progress::norm),
                        range(steps, TrainingEvent.Progress::samplesPerSecond));
        var heldOut =
                new HeldOut(
                        steps(evaluations),
                        minutes(evaluations, metrics),
                        range(evaluations, TrainingEvent.Evaluated::bits).mean());
        var best = metrics.best();
        return new Curves(
                output.uniformBits(),
                training,
                heldOut,
                best == null
                        ? null
                        : new Point(
                                best.at().step(),
                                rounded(metrics.minutes(best.at())),
                                rounded(best.event().bits())),
                marks(metrics));
    }

    private static List<Mark> marks(Metrics metrics) {
        var marks = new ArrayList<Mark>();
        for (var mark : metrics.marks()) {
            Double minute = rounded(metrics.minutes(mark.at()));
            marks.add(new Mark(marks.size() + 1, mark.at().step(), minute, mark.text()));
        }
        return marks;
    }

    private static <E extends TrainingEvent> List<List<Recorded<E>>> buckets(
            List<Recorded<E>> all) {
        int size = Math.max(1, Math.ceilDiv(all.size(), MOST_POINTS));
        var buckets = new ArrayList<List<Recorded<E>>>();
        for (int i = 0; i < all.size(); i += size) {
            buckets.add(all.subList(i, Math.min(all.size(), i + size)));
        }
        return buckets;
    }

    /// A bucket is drawn at its last step, as its values are of the steps before it too.
    private static <E extends TrainingEvent> List<Long> steps(List<List<Recorded<E>>> buckets) {
        return buckets.stream().map(bucket -> bucket.getLast().at().step()).toList();
    }

    private static <E extends TrainingEvent> List<@Nullable Double> minutes(
            List<List<Recorded<E>>> buckets, Metrics metrics) {
        var minutes = new ArrayList<@Nullable Double>();
        for (var bucket : buckets) minutes.add(rounded(metrics.minutes(bucket.getLast().at())));
        return minutes;
    }

    private static <E extends TrainingEvent> Range range(
            List<List<Recorded<E>>> buckets, ToDoubleFunction<E> value) {
        var range = new Range(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (List<Recorded<E>> bucket : buckets) {
            DoubleSummaryStatistics of =
                    bucket.stream()
                            .map(Recorded::event)
                            .mapToDouble(value)
                            .filter(Double::isFinite)
                            .summaryStatistics();
            boolean none = of.getCount() == 0;
            range.mean().add(none ? null : rounded(of.getAverage()));
            range.least().add(none ? null : rounded(of.getMin()));
            range.most().add(none ? null : rounded(of.getMax()));
        }
        return range;
    }

    /// Rounded to the digits of a float, so that the page is smaller.
    private static @Nullable Double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : null;
    }
}
