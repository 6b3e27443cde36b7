package wavenet4j.notes.statistics;

import wavenet4j.notes.Fraction;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// How often each value occurs.
///
/// @param counts each above 0
public record Distribution(SortedMap<Fraction, Long> counts) {
    public Distribution {
        var kept = new TreeMap<>(counts);
        kept.values().removeIf(count -> count <= 0);
        counts = Collections.unmodifiableSortedMap(kept);
    }

    /// Of all values together.
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The share of a value, from 0 to 1.
    public double share(Fraction value) {
        Long count = counts.get(value);
        return count == null ? 0 : (double) count / total();
    }

    Distribution plus(Distribution other) {
        return with(other, 1);
    }

    Distribution minus(Distribution other) {
        return with(other, -1);
    }

    private Distribution with(Distribution other, int sign) {
        var sum = new TreeMap<>(counts);
        other.counts.forEach((value, count) -> sum.merge(value, sign * count, Long::sum));
        return new Distribution(sum);
    }

    /// The Jensen-Shannon divergence in bits: 0 for equal shares, 1 where no value is in both.
    public double distance(Distribution other) {
        var values = new TreeSet<>(counts.keySet());
        values.addAll(other.counts.keySet());
        double mine = Math.max(1, total());
        double theirs = Math.max(1, other.total());
        double bits = 0;
        for (Fraction value : values) {
            double p = counts.getOrDefault(value, 0L) / mine;
            double q = other.counts.getOrDefault(value, 0L) / theirs;
            bits += (part(p, (p + q) / 2) + part(q, (p + q) / 2)) / 2;
        }
        return bits;
    }

    private static double part(double p, double mean) {
        return p == 0 ? 0 : p * Math.log(p / mean) / Math.log(2);
    }
}
