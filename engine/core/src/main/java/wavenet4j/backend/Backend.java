package wavenet4j.backend;

import static wavenet4j.internal.Checks.requireRange;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.spec.Precision;

import java.util.List;

/// A way to run a network. Providers are found by [java.util.ServiceLoader].
public interface Backend {
    /// The most streams at once, and the most threads.
    int MOST_STREAMS = 1 << 20;

    /// The name it is asked for by, such as `cpu`.
    String name();

    /// Its rank among the backends: without a choice by name, the highest that is ready is taken.
    int speedRank();

    /// Whether it can run a network of that shape on this machine.
    Availability probe(ModelSpec spec);

    /// Whether it computes on a GPU, which training may be using at the same time.
    default boolean usesGpu() {
        return false;
    }

    /// The precisions of the weights that it can run with.
    List<Precision> precisions();

    /// New streams.
    ///
    /// @param precision of the weights while they run, one of [#precisions()]
    /// @param threads of this machine's processor that they may use, the caller's included, where
    ///   that pays; at least 1
    /// @param count how many, at least 1
    /// @throws IllegalArgumentException when the precision is none of [#precisions()], or Java's
    ///   memory does not suffice for them
    /// @throws IllegalStateException when [#probe(ModelSpec)] does not answer [Availability.Ready]
    default Streams openStreams(Model model, Precision precision, int threads, int count) {
        requireRange("the number of threads", threads, 1, MOST_STREAMS);
        requireRange("the number of streams", count, 1, MOST_STREAMS);
        requirePrecision(precision);
        memory(model.spec(), precision, threads, count)
                .requireAtMost(Runtime.getRuntime().maxMemory(), model.spec(), precision, count);
        return new GuardedStreams(start(model, precision, threads, count));
    }

    /// What such streams take, from the network's shape alone; nothing is allocated.
    MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count);

    /// Starts streams for [#openStreams], which has checked the arguments and the memory.
    ///
    /// @throws IllegalStateException when [#probe(ModelSpec)] does not answer [Availability.Ready]
    Streams start(Model model, Precision precision, int threads, int count);

    /// A new generator: [#openStreams] of one.
    default Generator open(Model model, Precision precision, int threads) {
        return new Generator(openStreams(model, precision, threads, 1));
    }

    /// Refuses a network that it is not ready for, as [#openStreams] does.
    ///
    /// @throws IllegalStateException with the reason and the remedy
    default void requireReady(ModelSpec spec) {
        @Nullable String obstacle =
                switch (probe(spec)) {
                    case Availability.Ready _ -> null;
                    case Availability.Missing(var reason, var remedy) -> reason + "; " + remedy;
                    case Availability.Absent(var reason, var remedy) -> reason + "; " + remedy;
                };
        if (obstacle != null) {
            throw new IllegalStateException(
                    "the backend %s cannot run here: %s".formatted(name(), obstacle));
        }
    }

    /// Refuses a precision that is none of [#precisions()], as [#openStreams] does.
    ///
    /// @throws IllegalArgumentException with those there are
    default void requirePrecision(Precision precision) {
        if (precisions().contains(precision)) return;
        String names = precisions().stream().map(Precision::toString).collect(joining(" or "));
        throw new IllegalArgumentException(
                "the backend %s runs %s weights, not %s".formatted(name(), names, precision));
    }

    /// Whether a backend can run on this machine.
    sealed interface Availability {
        /// It can.
        ///
        /// @param detail what it runs on
        record Ready(String detail) implements Availability {}

        /// It cannot.
        ///
        /// @param reason a phrase
        /// @param remedy what would help, a phrase
        record Missing(String reason, String remedy) implements Availability {}

        /// What it runs on is no part of this machine, such as a graphics card: no fault, and
        /// nothing to speak of unless the backend was asked for by its name.
        ///
        /// @param reason a phrase
        /// @param remedy for whom has it all the same, a phrase
        record Absent(String reason, String remedy) implements Availability {}
    }
}
