package wavenet4j.benchmarks.rivals;

import static java.util.Objects.requireNonNull;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Philox;
import wavenet4j.distribution.Sampling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/// The sample loop inside a TorchScript module, so that a call through JNI is paid once for many
/// samples. The module, `torchscript_step.pt`, holds no weights and is made by
/// `src/main/python/torchscript_step.py`.
final class TorchScriptRival implements Streams {
    private static final String MODULE = "torchscript_step.pt";

    private final Model net;
    private final int threads;
    private final TorchTensors tensors;
    private final PtModel module;
    private final PtSymbolBlock block;
    private Take take = Take.ofSeed(0);
    private long position;

    TorchScriptRival(Model net, int threads) {
        this.net = net;
        this.threads = threads;
        tensors = new TorchTensors(net, threads);
        module = (PtModel) ai.djl.Model.newInstance("step", "PyTorch");
        try (var file = TorchScriptRival.class.getResourceAsStream(MODULE)) {
            module.load(requireNonNull(file, MODULE), false);
        } catch (IOException e) {
            throw new UncheckedIOException("the module " + MODULE + " cannot be read", e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("PyTorch does not accept " + MODULE, e);
        }
        block = (PtSymbolBlock) module.getBlock();
        reset(0, take);
    }

    @Override
    public Model model() {
        return net;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void reset(int stream, Take take) {
        this.take = take;
        ModelSpec spec = net.spec();
        var weights = tensors.all().stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new);
        var dilations = spec.convolutions().dilations().stream().mapToLong(d -> d).toArray();
        run("load", IValue.listFrom(weights), IValue.listFrom(dilations)).close();
        var silence = new int[spec.receptiveField()];
        Arrays.fill(silence, spec.levels() / 2);
        prime(0, silence, 0, silence.length);
        position = 0;
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        prime(0, levels[0], from, to);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        try (var manager = tensors.manager().newSubManager()) {
            var fed = Arrays.stream(levels, from, to).asLongStream().toArray();
            run("prime", value(manager.create(fed))).close();
        }
        position += to - from;
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        generate(levels[0], from, to);
    }

    private void generate(int[] levels, int from, int to) {
        Sampling sampling = take.sampling();
        if (sampling.temperature() == 0 || sampling.topK() > 0 || sampling.topP() < 1) {
            throw new IllegalArgumentException(
                    "this rival draws by a temperature above 0 alone, not by " + sampling);
        }
        Objects.checkFromToIndex(from, to, levels.length);
        var uniforms = new float[to - from];
        for (int i = 0; i < uniforms.length; i++) {
            uniforms[i] = Philox.uniform(take.seed(), position + i, 0);
        }
        try (var manager = tensors.manager().newSubManager()) {
            var temperature = IValue.from((double) sampling.temperature());
            var drawn = run("generate", value(manager.create(uniforms)), temperature);
            long[] result = tensor(drawn, manager).toLongArray();
            for (int i = 0; i < result.length; i++) levels[from + i] = (int) result[i];
        }
        position += to - from;
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        take = new Take(take.seed(), sampling, take.labels());
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        if (!labels.isEmpty()) throw new IllegalArgumentException("this rival has no labels");
    }

    @Override
    public void outputs(int stream, float[] into) {
        try (var manager = tensors.manager().newSubManager()) {
            float[] logits = tensor(run("logits"), manager).toFloatArray();
            System.arraycopy(logits, 0, into, 0, logits.length);
        }
    }

    @Override
    public void close() {
        module.close();
        tensors.close();
    }

    private IValue run(String method, IValue... arguments) {
        IValue result = IValueUtils.runMethod(block, method, arguments);
        for (IValue argument : arguments) argument.close();
        return result;
    }

    private static IValue value(NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    private static NDArray tensor(IValue value, NDManager manager) {
        try (value) {
            return value.toTensor((PtNDManager) manager);
        }
    }
}
