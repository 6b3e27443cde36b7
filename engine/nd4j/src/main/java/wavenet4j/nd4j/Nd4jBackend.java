package wavenet4j.nd4j;

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

/// Generation on ND4J arrays: on the processor through `nd4j-native`, or on an NVIDIA card up to
/// the Ada generation through `nd4j-cuda-11.6`, whichever is on the class path. The arrays are
/// float32, the weights rounded to the precision.
///
/// An operation of ND4J costs some microseconds however small it is, and a tick has about eight for
/// each layer: it is for hosts that run ND4J, and pays where many streams share an operation.
///
/// This class mentions none of ND4J's, as it must load without them.
public final class Nd4jBackend implements Backend {
    private static final String ND4J = "org.nd4j.linalg.factory.Nd4j";

    // A delay line keeps a view for each of its slots.
    private static final int LONGEST_RECEPTIVE_FIELD = 1 << 18;

    // On the processor every network has so many rows, used or not: the order in which OpenBLAS
    // sums depends on the shape of a product and on nothing else, so a stream is to the bit the
    // same alone and in company.
    private static final int ROWS_ON_PROCESSOR = 8;

    // Of an array's view, with its shape and strides.
    private static final long BYTES_OF_VIEW = 512;

    private final boolean present;

    /// On ND4J where the class path has it.
    public Nd4jBackend() {
        present = isPresent();
    }

    private static boolean isPresent() {
        try {
            Class.forName(ND4J, false, Nd4jBackend.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public int speedRank() {
        return 10;
    }

    @Override
    public Availability probe(ModelSpec spec) {
        if (!present) {
            return new Availability.Missing("ND4J is not in this build", Device.REMEDY);
        }
        if (spec.receptiveField() > LONGEST_RECEPTIVE_FIELD) {
            return new Availability.Missing(
                    "the receptive field is %,d samples; it takes at most %,d"
                            .formatted(spec.receptiveField(), LONGEST_RECEPTIVE_FIELD),
                    "take the backend cpu");
        }
        if (Nd4jWeights.largest(spec) > Integer.MAX_VALUE - 8) {
            return new Availability.Missing(
                    "the weights of all skips together pass 8 GiB", "take the backend cpu");
        }
        return Device.availability();
    }

    @Override
    public List<Precision> precisions() {
        return List.of(Precision.FLOAT32, Precision.BFLOAT16);
    }

    @Override
    public MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count) {
        // On either device; one graph more feeds single streams.
        long rows = Math.ceilDiv(count, ROWS_ON_PROCESSOR) * (long) ROWS_ON_PROCESSOR;
        long graphs = rows / ROWS_ON_PROCESSOR + 1;
        long slots = spec.receptiveField() - 1L + spec.layers();
        long values = slots * spec.trunk().input() + spec.layers() * 2L * spec.trunk().biases();
        return new MemoryNeed(
                graphs * (slots * BYTES_OF_VIEW + Conditioner.bytes(spec)),
                Float.BYTES * ((rows + ROWS_ON_PROCESSOR) * values + spec.parameters()));
    }

    @Override
    public Streams start(Model model, Precision precision, int threads, int count) {
        Nd4jWeights weights = load(model, precision);
        int rows = rows(count);
        var alone = new Nd4jGraph(weights, rows);
        var groups = new ArrayList<Streams>();
        for (int opened = 0; opened < count; opened += rows) {
            var network = new Nd4jNetwork(weights, alone, rows, Math.min(rows, count - opened));
            var picker = Picker.of(model.spec().distribution());
            groups.add(new StepLoop(new Conditioner(weights.model), network, picker));
        }
        return ParallelStreams.of(groups, threads);
    }

    @Override
    public String toString() {
        return name();
    }

    /// The rows of a network: on a card, all streams are in one.
    private static int rows(int count) {
        return Device.isProcessor() ? ROWS_ON_PROCESSOR : count;
    }

    private Nd4jWeights load(Model model, Precision precision) {
        requireReady(model.spec());
        if (Device.isProcessor()) Device.useCallersThreads();
        return new Nd4jWeights(model.roundedTo(precision));
    }
}
