package wavenet4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import wavenet4j.distribution.Distribution;
import wavenet4j.file.InvalidModelException;
import wavenet4j.file.Json;
import wavenet4j.file.Safetensors;
import wavenet4j.file.SafetensorsWriter;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Prime;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.Labels;
import wavenet4j.spec.SampleHead;
import wavenet4j.spec.Shape;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// The model file: safetensors whose metadata carries the format, the spec and the information
/// about the model.
public final class ModelFile {
    private static final String FORMAT = "wavenet4j/1";
    private static final String LOGISTICS = "logistics";

    private ModelFile() {}

    /// Reads a model, trusting nothing in its file.
    ///
    /// @throws InvalidModelException when it is none
    public static Model read(Safetensors tensors) throws IOException {
        Map<String, String> metadata = tensors.metadata();
        String format = metadata.get("format");
        if (!FORMAT.equals(format)) {
            throw new InvalidModelException(
                    tensors.name(),
                    format == null
                            ? "its metadata has no format, so no WaveNet4J wrote it"
                            : "its format is " + format + "; this version reads " + FORMAT);
        }
        ModelSpec spec;
        ModelInfo info;
        try {
            spec = parseSpec(parse("spec", metadata.get("spec")));
            info = ModelInfo.read(metadata);
            requirePrimes(spec, info);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    tensors.name(), "its description is wrong (" + e.getMessage() + ")");
        }
        requireShapes(tensors.name(), spec, tensors.shapes());
        return new Model(spec, new Weights(tensors.readAll()), tensors.precision(), info);
    }

    /// Writes a model as [Model#save(Path)] does.
    public static void write(Model model, Path file) throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", FORMAT);
        metadata.put("spec", describe(model.spec()).toString());
        model.info().write(metadata);
        SafetensorsWriter.write(
                file,
                metadata,
                model.spec().shapes(),
                model.weights().tensors(),
                model.precision());
    }

    static void requirePrimes(ModelSpec spec, ModelInfo info) {
        for (Prime prime : info.primes()) {
            prime.requireFor(spec.labels(), spec.levels(), spec.receptiveField());
        }
    }

    private static void requireShapes(String file, ModelSpec spec, Map<String, Shape> found)
            throws InvalidModelException {
        var wanted = spec.shapes();
        for (var entry : wanted.entrySet()) {
            Shape shape = found.get(entry.getKey());
            if (shape == null) {
                throw new InvalidModelException(
                        file, "the tensor " + entry.getKey() + " is missing");
            }
            if (!shape.equals(entry.getValue())) {
                throw new InvalidModelException(
                        file,
                        "the tensor %s has the shape %s where its spec says %s"
                                .formatted(entry.getKey(), shape, entry.getValue()));
            }
        }
        for (String name : found.keySet()) {
            if (!wanted.containsKey(name)) {
                throw new InvalidModelException(file, "its spec has no tensor " + name);
            }
        }
    }

    private static JsonObject parse(String key, @Nullable String json) {
        if (json == null) throw new IllegalArgumentException("there is no " + key);
        try {
            return Json.parseObject(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is not valid JSON: " + e.getMessage(), e);
        }
    }

    private static JsonObject describe(ModelSpec spec) {
        var channels = new JsonObject();
        DilatedConvolutions trunk = spec.convolutions();
        channels.addProperty("residual", trunk.residual());
        channels.addProperty("gate", trunk.gate());
        channels.addProperty("skip", trunk.skip());
        channels.addProperty("head", spec.head().hidden());
        var names = new JsonArray();
        spec.labels().names().forEach(names::add);
        var labels = new JsonObject();
        labels.add("names", names);
        labels.addProperty("embedding", spec.labels().embedding());
        var json = new JsonObject();
        json.addProperty("sampleRate", spec.sampleRate());
        switch (spec.distribution()) {
            case Distribution.Categorical(int levels) -> json.addProperty("levels", levels);
            case Distribution.LogisticMixture(int mixtures) -> {
                json.addProperty("output", LOGISTICS);
                json.addProperty("mixtures", mixtures);
            }
        }
        json.add("channels", channels);
        json.addProperty("kernelSize", trunk.kernelSize());
        json.add("dilations", Json.arrayOf(trunk.dilations()));
        json.add("labels", labels);
        return json;
    }

    private static ModelSpec parseSpec(JsonObject json) {
        Distribution output = takeOutput(json);
        Json.requireKeys(json, "sampleRate", "channels", "kernelSize", "dilations", "labels");
        var channels = Json.object("channels", json.get("channels"));
        Json.requireKeys(channels, "residual", "gate", "skip", "head");
        var labels = Json.object("labels", json.get("labels"));
        Json.requireKeys(labels, "names", "embedding");
        var dilations = new ArrayList<Integer>();
        for (JsonElement dilation : Json.array("dilations", json.get("dilations"))) {
            dilations.add(integer("each of dilations", dilation));
        }
        var names = new ArrayList<String>();
        for (JsonElement name : Json.array("labels.names", labels.get("names"))) {
            names.add(Json.string("each of labels.names", name));
        }
        return new ModelSpec(
                number(json, "sampleRate"),
                output,
                new DilatedConvolutions(
                        number(channels, "residual"),
                        number(channels, "gate"),
                        number(channels, "skip"),
                        number(json, "kernelSize"),
                        dilations),
                new SampleHead(number(channels, "head")),
                new Conditioning(new Labels(names, number(labels, "embedding"))));
    }

    /// Takes the keys of the distribution out of a spec. Mu-law levels are given by their number
    /// alone, as they were before there was anything else.
    private static Distribution takeOutput(JsonObject spec) {
        JsonElement output = spec.remove("output");
        String key = output == null ? "levels" : "mixtures";
        if (output != null && !Json.string("output", output).equals(LOGISTICS)) {
            throw new IllegalArgumentException(
                    "output is %s; this version knows %s, and levels without any"
                            .formatted(output, LOGISTICS));
        }
        if (!spec.has(key)) throw new IllegalArgumentException("the key " + key + " is missing");
        int count = integer(key, spec.remove(key));
        return output == null
                ? new Distribution.Categorical(count)
                : new Distribution.LogisticMixture(count);
    }

    private static int number(JsonObject json, String key) {
        return integer(key, json.get(key));
    }

    private static int integer(String what, JsonElement value) {
        return (int) Json.wholeNumber(what, value, Integer.MAX_VALUE);
    }
}
