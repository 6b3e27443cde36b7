package wavenet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import wavenet4j.distribution.Sampling;
import wavenet4j.file.Dtype;
import wavenet4j.info.ModelInfo;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.testing.NetworkCases;
import wavenet4j.testing.TestModels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A second reader of the model file and a second network, both written from the description of the
/// file and the formulas alone and sharing no code with the first: in double precision, and over a
/// whole window at once, without delay lines. Tick by tick the reference gives the same.
final class IndependentReaderTest {
    /// Of the largest logit: what float32 sums lose against double ones in these small networks.
    private static final double TOLERANCE = 1e-5;

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource(NetworkCases.ALL)
    void theWholeWindowGivesTheLogitsOfEveryTick(ModelSpec spec) throws IOException {
        for (Dtype dtype : Dtype.values()) {
            var random = TestModels.random(spec, 21);
            Path file = folder.resolve(dtype + ".safetensors");
            new Model(spec, random.weights(), dtype.precision(), ModelInfo.NONE).save(file);
            for (Set<String> labels : labelChoices(spec)) compare(file, labels);
        }
    }

    private static List<Set<String>> labelChoices(ModelSpec spec) {
        List<String> names = spec.labels().names();
        if (names.isEmpty()) return List.of(Set.of());
        return List.of(Set.of(), Set.of(names.getLast()), Set.copyOf(names));
    }

    private static void compare(Path file, Set<String> labels) throws IOException {
        var network = new Network(file);
        var model = Model.load(file);
        int field = network.receptiveField();
        int[] levels = TestModels.levels(model.spec(), field + 64, 22);
        // The state at the start of a take is spelled out as samples.
        var window = new int[field + levels.length];
        Arrays.fill(window, 0, field, network.silence);
        System.arraycopy(levels, 0, window, field, levels.length);
        double[][] expected = network.logits(window, labels);

        try (var generator = new ReferenceBackend().open(model, model.precision(), 1)) {
            generator.reset(new Take(0, Sampling.DEFAULT, labels));
            var logits = new float[network.outputs];
            for (int t = 0; t <= levels.length; t++) {
                if (t > 0) generator.prime(levels, t - 1, t);
                generator.outputs(logits);
                double[] wanted = expected[field - 1 + t];
                double largest = Math.max(1, Arrays.stream(wanted).map(Math::abs).max().orElse(0));
                for (int q = 0; q < logits.length; q++) {
                    assertThat((double) logits[q])
                            .as("%s, labels %s, tick %s, level %s", file, labels, t, q)
                            .isCloseTo(wanted[q], within(TOLERANCE * largest));
                }
            }
        }
    }

    /// A tensor as it stands in the file, row-major.
    @SuppressWarnings("ArrayRecordComponent")
    private record Tensor(int[] shape, double[] values) {
        double at(int... index) {
            int position = 0;
            for (int i = 0; i < index.length; i++) position = position * shape[i] + index[i];
            return values[position];
        }
    }

    private static final class Network {
        private final Map<String, Tensor> tensors = new HashMap<>();
        private final List<Integer> dilations = new ArrayList<>();
        private final List<String> labelNames = new ArrayList<>();
        private final int silence;
        private final int outputs;
        private final int kernelSize;

        Network(Path file) throws IOException {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = Math.toIntExact(bytes.getLong(0));
            var text = new String(bytes.array(), 8, headerLength, StandardCharsets.UTF_8);
            JsonObject header = JsonParser.parseString(text).getAsJsonObject();
            JsonObject metadata = header.remove("__metadata__").getAsJsonObject();
            assertThat(metadata.get("format").getAsString()).isEqualTo("wavenet4j/1");
            for (Map.Entry<String, JsonElement> item : header.entrySet()) {
                var value = item.getValue().getAsJsonObject();
                int[] shape = ints(value.get("shape"));
                int[] offsets = ints(value.get("data_offsets"));
                var values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
                int width = (offsets[1] - offsets[0]) / values.length;
                for (int i = 0; i < values.length; i++) {
                    int at = 8 + headerLength + offsets[0] + i * width;
                    values[i] =
                            switch (value.get("dtype").getAsString()) {
                                case "F32" -> bytes.getFloat(at);
                                case "BF16" -> Float.intBitsToFloat(bytes.getShort(at) << 16);
                                default -> throw new IOException("another type: " + value);
                            };
                }
                tensors.put(item.getKey(), new Tensor(shape, values));
            }
            var spec = JsonParser.parseString(metadata.get("spec").getAsString()).getAsJsonObject();
            boolean mixture = spec.has("output");
            silence = mixture ? 32768 : spec.get("levels").getAsInt() / 2;
            outputs = mixture ? 3 * spec.get("mixtures").getAsInt() : spec.get("levels").getAsInt();
            kernelSize = spec.get("kernelSize").getAsInt();
            for (int dilation : ints(spec.get("dilations"))) dilations.add(dilation);
            for (var name : spec.getAsJsonObject("labels").getAsJsonArray("names")) {
                labelNames.add(name.getAsString());
            }
        }

        int receptiveField() {
            return 1 + dilations.stream().mapToInt(d -> (kernelSize - 1) * d).sum();
        }

        /// The outputs after every sample of the window, `[T][Q or 3M]`; what lies before it counts
        /// as zeros.
        double[][] logits(int[] window, Set<String> labels) {
            int length = window.length;
            double[][] x = heard(window);
            double[][] skips = {};
            for (int i = 0; i < dilations.size(); i++) {
                double[][] h = dilatedConvolution(i, x);
                addLabels(i, h, labels);
                var z = new double[h.length / 2][length];
                for (int g = 0; g < z.length; g++) {
                    for (int t = 0; t < length; t++) {
                        z[g][t] = Math.tanh(h[g][t]) / (1 + Math.exp(-h[z.length + g][t]));
                    }
                }
                double[][] skip = pointwise("layers." + i + ".skip", z);
                skips = i == 0 ? skip : sum(skips, skip);
                if (i < dilations.size() - 1) {
                    x = sum(x, pointwise("layers." + i + ".residual", z));
                }
            }
            double[][] hidden = pointwise("head.hidden", rectified(skips));
            double[][] byLevel = pointwise("head.output", rectified(hidden));
            var byTime = new double[length][outputs];
            for (int t = 0; t < length; t++) {
                for (int q = 0; q < outputs; q++) byTime[t][q] = byLevel[q][t];
            }
            return byTime;
        }

        private double[][] heard(int[] window) {
            if (tensors.containsKey("input.weight")) {
                var amplitudes = Arrays.stream(window).mapToDouble(l -> (l - 32768) / 32768.0);
                return pointwise("input", new double[][] {amplitudes.toArray()});
            }
            Tensor embedding = tensor("input.embedding");
            var x = new double[embedding.shape()[1]][window.length];
            for (int t = 0; t < window.length; t++) {
                for (int r = 0; r < x.length; r++) x[r][t] = embedding.at(window[t], r);
            }
            return x;
        }

        /// `h(t) = b + sum over taps k of W[:, :, k] x(t - (K-1-k) d)`.
        private double[][] dilatedConvolution(int i, double[][] x) {
            Tensor weight = tensor("layers." + i + ".dilated.weight");
            Tensor bias = tensor("layers." + i + ".dilated.bias");
            var h = new double[weight.shape()[0]][x[0].length];
            for (int o = 0; o < h.length; o++) {
                for (int t = 0; t < h[o].length; t++) {
                    h[o][t] = bias.at(o);
                    for (int k = 0; k < kernelSize; k++) {
                        int then = t - (kernelSize - 1 - k) * dilations.get(i);
                        if (then < 0) continue;
                        for (int r = 0; r < x.length; r++)
                            h[o][t] += weight.at(o, r, k) * x[r][then];
                    }
                }
            }
            return h;
        }

        private void addLabels(int i, double[][] h, Set<String> labels) {
            for (String label : labels) {
                Tensor embedding = tensor("labels.embedding");
                Tensor weight = tensor("layers." + i + ".label.weight");
                int row = labelNames.indexOf(label);
                for (int o = 0; o < h.length; o++) {
                    double product = 0;
                    for (int e = 0; e < weight.shape()[1]; e++) {
                        product += weight.at(o, e) * embedding.at(row, e);
                    }
                    for (int t = 0; t < h[o].length; t++) h[o][t] += product;
                }
            }
        }

        private double[][] pointwise(String name, double[][] x) {
            Tensor weight = tensor(name + ".weight");
            Tensor bias = tensor(name + ".bias");
            var y = new double[weight.shape()[0]][x[0].length];
            for (int o = 0; o < y.length; o++) {
                for (int t = 0; t < y[o].length; t++) {
                    y[o][t] = bias.at(o);
                    for (int j = 0; j < x.length; j++) y[o][t] += weight.at(o, j) * x[j][t];
                }
            }
            return y;
        }

        private Tensor tensor(String name) {
            Tensor tensor = tensors.get(name);
            if (tensor == null) throw new AssertionError("the file has no " + name);
            return tensor;
        }

        private static double[][] rectified(double[][] x) {
            return Arrays.stream(x)
                    .map(row -> Arrays.stream(row).map(v -> Math.max(v, 0)).toArray())
                    .toArray(double[][]::new);
        }

        private static double[][] sum(double[][] a, double[][] b) {
            var sum = new double[a.length][a[0].length];
            for (int c = 0; c < sum.length; c++) {
                for (int t = 0; t < sum[c].length; t++) sum[c][t] = a[c][t] + b[c][t];
            }
            return sum;
        }

        private static int[] ints(JsonElement array) {
            return array.getAsJsonArray().asList().stream()
                    .mapToInt(JsonElement::getAsInt)
                    .toArray();
        }
    }
}
