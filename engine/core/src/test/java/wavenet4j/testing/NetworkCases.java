package wavenet4j.testing;

import org.junit.jupiter.api.Named;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;

import java.util.stream.Stream;

/// The networks that a test runs on, for a `@MethodSource`: each under what is awkward in it.
public final class NetworkCases {
    /// All of [TestModels#awkwardSpecs].
    public static final String ALL = "wavenet4j.testing.NetworkCases#all";

    /// Those with labels.
    static final String LABELLED = "wavenet4j.testing.NetworkCases#labelled";

    /// Those that put out a mixture of logistics.
    static final String MIXTURES = "wavenet4j.testing.NetworkCases#mixtures";

    private NetworkCases() {}

    static Stream<Named<ModelSpec>> all() {
        return TestModels.awkwardSpecs().entrySet().stream()
                .map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    static Stream<Named<ModelSpec>> mixtures() {
        return all().filter(named ->
                named.getPayload().distribution() instanceof Distribution.LogisticMixture);
    }

    static Stream<Named<ModelSpec>> labelled() {
        return all().filter(named -> !named.getPayload().labels().names().isEmpty());
    }
}
