package wavenet4j.nd4j;

import wavenet4j.Take;
import wavenet4j.backend.TickGenerator;
import wavenet4j.distribution.Picker;

/// One stream, in the first row of a network.
final class Nd4jGenerator extends TickGenerator {
    private final Nd4jWeights weights;
    private final Nd4jNetwork network;

    Nd4jGenerator(Nd4jWeights weights, int rows) {
        super(weights.model, Picker.of(weights.model.spec().distribution()));
        this.weights = weights;
        network = new Nd4jNetwork(weights, rows);
        reset(Take.ofSeed(0));
    }

    @Override
    protected void condition(float[] labelEmbedding) {
        network.condition(0, labelEmbedding);
    }

    @Override
    protected void silence() {
        network.silence();
    }

    @Override
    protected void tick(int level) {
        network.level(0, level);
        network.tick();
    }

    @Override
    protected void head(float[] outputs) {
        network.head();
        network.outputs(0, outputs);
    }

    @Override
    public void close() {
        network.close();
        weights.close();
    }
}
