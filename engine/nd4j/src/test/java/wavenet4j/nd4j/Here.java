package wavenet4j.nd4j;

import org.junit.jupiter.api.Assumptions;

import wavenet4j.backend.Backend;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.testing.TestModels;

/// The backend on this machine.
final class Here {
    private Here() {}

    /// Skips the test where ND4J has no natives for this machine.
    static Backend backend() {
        var backend = new Nd4jBackend();
        if (backend.probe(TestModels.awkwardSpecs().firstEntry().getValue())
                instanceof Missing(var reason, var remedy)) {
            return Assumptions.abort("nd4j is missing: %s (%s)".formatted(reason, remedy));
        }
        return backend;
    }
}
