package wavenet4j.cli.model;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.cli.console.Console;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.Preprocessing;
import wavenet4j.info.TrainingData;
import wavenet4j.info.TrainingFacts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes models as text.
public final class ModelList {
    private ModelList() {}

    /// A model in one line.
    public static String line(String name, Model model) {
        ModelSpec spec = model.spec();
        return "%s: %d Hz, %,d parameters, receptive field %.0f ms"
                .formatted(
                        name,
                        spec.sampleRate(),
                        spec.parameters(),
                        1000.0 * spec.receptiveField() / spec.sampleRate());
    }

    /// A paragraph for each of these models: what it is, how to ask for it, and what is known of
    /// it.
    public static String describe(List<String> names, Console console) throws IOException {
        if (names.isEmpty()) {
            return "This build comes without models; this makes one: "
                    + console.commands().of("wavenet-train", "--data", "demo");
        }
        var paragraphs = new ArrayList<String>();
        for (String name : names) paragraphs.add(describe(name, Models.load(name), console));
        return String.join("\n\n", paragraphs);
    }

    private static String describe(String name, Model model, Console console) throws IOException {
        ModelSpec spec = model.spec();
        var lines = new ArrayList<String>();
        lines.add(name + ": " + whatItIs(name, model));
        lines.add("  " + console.commands().of("wavenet-sample", request(name, spec)));
        lines.add("  " + line(name, model).substring(name.length() + 2));
        lines.add(
                "  %d layers, kernel size %d, channels: residual %d, gate %d, skip %d, head %d; stored as %s"
                        .formatted(
                                spec.layers(),
                                spec.convolutions().kernelSize(),
                                spec.convolutions().residual(),
                                spec.convolutions().gate(),
                                spec.trunk().skip(),
                                spec.head().hidden(),
                                model.precision()));
        lines.add("  output: " + spec.distribution().describe());
        labelsByKey(spec)
                .forEach((key, values) ->
                        lines.add("  --label " + key + String.join(" | ", values)));
        describe(model.info())
                .forEach((key, value) -> lines.add("  " + key + ": " + shortened(value)));
        return String.join("\n", lines);
    }

    /// The first sentence of its card; where it has none, what it was trained on.
    private static String whatItIs(String name, Model model) throws IOException {
        String card = Models.card(name);
        if (card != null) return card.lines().skip(2).findFirst().orElse("");
        TrainingData data = model.info().data();
        return data == null ? "a model" : "a model trained on " + data.name();
    }

    /// The command's arguments for a take, with a label of each kind.
    private static String[] request(String name, ModelSpec spec) {
        var arguments = new ArrayList<>(List.of(name));
        labelsByKey(spec)
                .forEach((key, values) -> {
                    arguments.add("--label");
                    arguments.add(key + values.getFirst());
                });
        return arguments.toArray(String[]::new);
    }

    private static Map<String, String> describe(ModelInfo info) {
        var facts = new LinkedHashMap<String, String>();
        TrainingFacts training = info.training();
        if (training != null) {
            facts.put("step", Long.toString(training.step()));
            facts.put("minutes", "%.1f".formatted(training.minutes()));
            facts.put(
                    "heldOutBitsPerSample",
                    "%.4f on windows, while it trained; wavenet-eval --held-out scores every sample"
                            .formatted(training.heldOutBitsPerSample()));
        }
        TrainingData data = info.data();
        if (data != null) {
            facts.put("data", data.name());
            facts.put("labels", data.labelRule());
        }
        Preprocessing preprocessing = info.preprocessing();
        if (data != null || !preprocessing.equals(Preprocessing.NONE)) {
            facts.put("leadIn", Boolean.toString(preprocessing.leadIn()));
            facts.put("tailSeconds", Double.toString(preprocessing.tailSeconds()));
            facts.put("normalize", Boolean.toString(preprocessing.normalize()));
        }
        if (info.licence() != null) facts.put("licence", info.licence().text());
        if (preprocessing.trimDb() != null) facts.put("trimDb", preprocessing.trimDb().toString());
        if (data != null) facts.put("heldOut", String.join("\n", data.heldOut()));
        if (info.sampling() != null) {
            facts.put("temperature", Float.toString(info.sampling().temperature()));
        }
        facts.putAll(info.facts());
        return facts;
    }

    /// `digit=7` under `digit=`, names without a key under nothing.
    private static Map<String, List<String>> labelsByKey(ModelSpec spec) {
        var byKey = new LinkedHashMap<String, List<String>>();
        for (String name : spec.labels().names()) {
            int value = name.indexOf('=') + 1;
            byKey.computeIfAbsent(name.substring(0, value), _ -> new ArrayList<>())
                    .add(name.substring(value));
        }
        return byKey;
    }

    private static String shortened(String value) {
        List<String> lines = value.lines().toList();
        return lines.size() <= 1
                ? value
                : "%s and %d more".formatted(lines.getFirst(), lines.size() - 1);
    }
}
