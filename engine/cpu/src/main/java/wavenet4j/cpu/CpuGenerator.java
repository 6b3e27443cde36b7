package wavenet4j.cpu;

import wavenet4j.Precision;
import wavenet4j.Take;
import wavenet4j.TickGenerator;
import wavenet4j.WaveNet;

/// The network on vectors, on the caller's thread alone.
final class CpuGenerator extends TickGenerator {
    private final Layers layers;
    private final Head head;
    private final Head.Part part;

    CpuGenerator(WaveNet model, Precision precision) {
        super(model, new VectorPicker(model.spec().levels()));
        layers = new Layers(model, precision);
        head = new Head(model, precision);
        part = head.whole();
        reset(Take.ofSeed(0));
    }

    @Override
    protected void tick(int level) {
        layers.embed(level);
        layers.sumPast(0);
        for (int i = 0; i < layers.count(); i++) {
            layers.gate(i);
            if (i == layers.count() - 1) break;
            layers.sumPast(i + 1); // waits for nothing, so it goes on while the gate divides
            layers.addResidual(i);
        }
    }

    @Override
    protected void head(float[] logits) {
        for (int i = 0; i < layers.count(); i++) part.addSkip(i, layers.z(), layers.gates());
        part.applyHidden();
        part.applyOutput();
        head.copyLogits(logits);
    }

    @Override
    protected void condition(float[] labelEmbedding) {
        layers.condition(labelEmbedding);
    }

    @Override
    protected void silence() {
        layers.silence();
    }

    @Override
    public void close() {}
}
