package wavenet4j.benchmarks.rivals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.SilentState;
import wavenet4j.backend.SingleStreamNetwork;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/// A tick as one call of ONNX Runtime with fixed input and output buffers; the delay lines are kept
/// here.
final class OnnxRuntimeRival implements SingleStreamNetwork {
    private final ModelSpec spec;
    private final int threads;
    private final OrtSession session;
    private final LongBuffer level = buffer(Long.BYTES).asLongBuffer();
    private final FloatBuffer past; // [L, R]
    private final FloatBuffer inputs; // [L, R]
    private final FloatBuffer logits; // [1, Q]
    private final float[] outputs; // [Q]
    private final Map<String, OnnxTensor> feeds;
    private final Map<String, OnnxTensor> results;
    private final float[][] lines; // of each layer, [dilation, R]
    private long ticks;

    OnnxRuntimeRival(Model model, int threads) {
        this.threads = threads;
        spec = model.spec();
        int layers = spec.layers();
        int residual = spec.convolutions().residual();
        past = floats(layers * residual);
        inputs = floats(layers * residual);
        logits = floats(spec.levels());
        outputs = new float[spec.levels()];
        lines = new float[layers][];
        for (int i = 0; i < layers; i++)
            lines[i] = new float[spec.convolutions().dilations().get(i) * residual];
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(OnnxStep.of(model), options);
            long[] rows = {layers, residual};
            feeds =
                    Map.of(
                            "level", OnnxTensor.createTensor(environment, level, new long[] {1}),
                            "past", OnnxTensor.createTensor(environment, past, rows));
            long[] row = {1, spec.levels()};
            results =
                    Map.of(
                            "inputs", OnnxTensor.createTensor(environment, inputs, rows),
                            "logits", OnnxTensor.createTensor(environment, logits, row));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not accept the graph", e);
        }
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void setLayerBias(int stream, float[][] biases) {} // without labels they are the learned

    @Override
    public void silence(int stream, SilentState state) {
        for (float[] line : lines) Arrays.fill(line, 0);
        for (int t = 0; t < spec.receptiveField(); t++) tick(spec.levels() / 2);
    }

    @Override
    public void tick(int level) {
        int residual = spec.convolutions().residual();
        this.level.put(0, level);
        for (int i = 0; i < lines.length; i++) {
            past.put(i * residual, lines[i], row(i), residual);
        }
        try {
            session.run(feeds, results).close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
        for (int i = 0; i < lines.length; i++) {
            inputs.get(i * residual, lines[i], row(i), residual);
        }
        ticks++;
    }

    /// The tick has computed it.
    @Override
    public void head() {
        logits.get(0, outputs, 0, outputs.length);
    }

    @Override
    public float[] outputs(int stream) {
        return outputs;
    }

    @Override
    public void close() {
        feeds.values().forEach(OnnxTensor::close);
        results.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
    }

    /// The offset of the oldest row of a delay line.
    private int row(int layer) {
        return (int) (ticks % spec.convolutions().dilations().get(layer))
                * spec.convolutions().residual();
    }

    private static FloatBuffer floats(int count) {
        return buffer(count * Float.BYTES).asFloatBuffer();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
