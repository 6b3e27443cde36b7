package wavenet4j.backend;

import static java.util.stream.Collectors.joining;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.spec.Precision;

import java.util.List;
import java.util.stream.Stream;

/// A way to run a network. Providers are found by [java.util.ServiceLoader].
public interface Backend {
    /// The name it is asked for by, such as `cpu`.
    String name();

    /// Its place when nobody asked for one: of those ready, the highest is taken.
    int speedRank();

    /// Whether it can run a network of that shape on this machine.
    Availability probe(ModelSpec spec);

    /// Whether it computes on a GPU, which training may be using at the same time.
    default boolean usesGpu() {
        return false;
    }

    /// The precisions of the weights that it can run with.
    List<Precision> precisions();

    /// A new generator.
    ///
    /// @param precision of the weights while it runs, one of [#precisions()]
    /// @param threads of this machine's processor that it may use, the caller's included, where
    ///   that pays; at least 1
    /// @throws IllegalArgumentException when the precision is none of [#precisions()]
    /// @throws IllegalStateException when [#probe(ModelSpec)] does not answer [Availability.Ready]
    Generator open(Model model, Precision precision, int threads);

    /// New streams.
    ///
    /// @param precision of the weights while they run, one of [#precisions()]
    /// @param threads of this machine's processor that they may use, the caller's included, where
    ///   that pays; at least 1
    /// @param count how many, at least 1
    /// @throws IllegalArgumentException when the precision is none of [#precisions()]
    /// @throws IllegalStateException when [#probe(ModelSpec)] does not answer [Availability.Ready]
    default Streams openStreams(Model model, Precision precision, int threads, int count) {
        List<Streams> groups =
                Stream.generate(() -> open(model, precision, 1))
                        .limit(count)
                        .<Streams>map(generator -> new SeparateStreams(List.of(generator)))
                        .toList();
        return new ParallelStreams(groups, threads);
    }

    /// Refuses a precision that is none of [#precisions()], as [#open] does.
    ///
    /// @throws IllegalArgumentException with those there are
    default void requirePrecision(Precision precision) {
        if (precisions().contains(precision)) return;
        String names = precisions().stream().map(Precision::toString).collect(joining(" or "));
        throw new IllegalArgumentException(
                "the backend %s runs %s weights, not %s".formatted(name(), names, precision));
    }

    /// What a backend says of this machine.
    sealed interface Availability {
        /// It runs; `detail` says on what.
        record Ready(String detail) implements Availability {}

        /// It does not; the reason, and what would help, each a phrase.
        record Missing(String reason, String remedy) implements Availability {}
    }
}
