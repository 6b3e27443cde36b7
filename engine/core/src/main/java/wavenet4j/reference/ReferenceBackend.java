package wavenet4j.reference;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend;
import wavenet4j.spec.Precision;

import java.util.List;

/// The readable oracle: runs everywhere, slowly.
public final class ReferenceBackend implements Backend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int speedRank() {
        return 0;
    }

    @Override
    public Availability probe(ModelSpec spec) {
        return new Availability.Ready("plain loops, float32 sums");
    }

    @Override
    public List<Precision> precisions() {
        return List.of(Precision.values());
    }

    @Override
    public Generator open(Model model, Precision precision, int threads) {
        requirePrecision(precision);
        return new ReferenceGenerator(model.roundedTo(precision));
    }
}
