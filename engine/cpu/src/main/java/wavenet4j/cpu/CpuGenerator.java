package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.backend.TickGenerator;

/// The network on the caller's thread alone.
final class CpuGenerator extends TickGenerator {
    private final ResidualLayers layers;
    private final Head.Part head;
    private final StreamMemory stream;

    CpuGenerator(Model model, ResidualLayers layers, Head head) {
        super(model, layers.kernels().picker(model.spec().distribution()));
        this.layers = layers;
        this.head = head.whole();
        stream = new StreamMemory(model.spec(), layers, head);
        reset(Take.ofSeed(0));
    }

    @Override
    protected void tick(int level) {
        layers.tick(stream, level);
    }

    @Override
    protected void head(float[] outputs) {
        for (int i = 0; i < layers.count(); i++) {
            head.addSkip(stream, i, stream.z, layers.gates());
        }
        head.applyHidden(stream);
        head.applyOutput(stream);
        System.arraycopy(stream.output, 0, outputs, 0, outputs.length);
    }

    @Override
    protected void condition(float[] labelEmbedding) {
        layers.condition(stream, labelEmbedding);
    }

    @Override
    protected void silence() {
        layers.silence(stream);
    }

    @Override
    public void close() {}
}
