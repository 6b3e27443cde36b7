package wavenet4j.reference;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Conditioner;
import wavenet4j.backend.MemoryNeed;
import wavenet4j.backend.ParallelStreams;
import wavenet4j.backend.StepLoop;
import wavenet4j.distribution.Picker;
import wavenet4j.spec.Precision;

import java.util.ArrayList;
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
    public MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count) {
        return new MemoryNeed(count * (ReferenceNetwork.bytes(spec) + Conditioner.bytes(spec)), 0);
    }

    @Override
    public Streams start(Model model, Precision precision, int threads, int count) {
        Model rounded = model.roundedTo(precision);
        var each = new ArrayList<Streams>();
        for (int n = 0; n < count; n++) {
            var picker = Picker.of(model.spec().distribution());
            each.add(new StepLoop(new Conditioner(rounded), new ReferenceNetwork(rounded), picker));
        }
        return ParallelStreams.of(each, threads);
    }

    @Override
    public String toString() {
        return name();
    }
}
