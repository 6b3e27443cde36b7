package wavenet4j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A key of the configuration that has another value than the run's.
///
/// @param key dotted
/// @param there its value in the run, as JSON
/// @param here the other, as JSON
public record ConfigChange(String key, String there, String here) {
    /// Beside the keys of the training. Where the labels come from may change as long as they are
    /// the same, which the run's fingerprint of its data sees to.
    private static final Set<String> FREE = Set.of("data.labels", "data.licence");

    /// The split into what is learned from and what is held out depends on it.
    private static final String SPLIT = "training.seed";

    /// All changes from one configuration to another, in their order.
    public static List<ConfigChange> between(TrainConfig there, TrainConfig here) {
        var changes = new ArrayList<ConfigChange>();
        collect("", there.toTree(), here.toTree(), changes);
        return changes;
    }

    /// Whether a run may go on with the other value. Its network, and what is made of its
    /// recordings, are what its weights were trained with.
    public boolean mayBeMade() {
        return FREE.contains(key) || (key.startsWith("training.") && !key.equals(SPLIT));
    }

    @Override
    public String toString() {
        return "%s is %s there and %s here".formatted(key, there, here);
    }

    private static void collect(
            String path, JsonNode there, JsonNode here, List<ConfigChange> changes) {
        if (there.equals(here)) return;
        if (!(there instanceof ObjectNode || here instanceof ObjectNode)) {
            changes.add(new ConfigChange(path, there.toString(), here.toString()));
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        there.fieldNames().forEachRemaining(keys::add);
        here.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            String below = path.isEmpty() ? key : path + "." + key;
            collect(below, there.path(key), here.path(key), changes);
        }
    }
}
