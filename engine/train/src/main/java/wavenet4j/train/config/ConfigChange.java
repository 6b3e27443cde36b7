package wavenet4j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A key whose value differs between two configurations.
///
/// @param key dotted
/// @param before its value in the one, as JSON
/// @param after its value in the other, as JSON
public record ConfigChange(String key, String before, String after) {
    /// Keys outside `training` that a run may change. The label rule may change as long as the
    /// labels stay the same, which the run's fingerprint checks.
    private static final Set<String> CHANGEABLE =
            Set.of("data.labels", "data.cache", "data.licence", "data.excerpts");

    /// The split into training and held-out recordings depends on it.
    private static final String SPLIT = "training.seed";

    /// The keys that differ, in the order of the configuration.
    public static List<ConfigChange> between(TrainConfig before, TrainConfig after) {
        var changes = new ArrayList<ConfigChange>();
        collect("", before.toTree(), after.toTree(), changes);
        return changes;
    }

    /// Whether a run may be resumed with the other value: its network and its preprocessing must
    /// stay those that its weights were trained with.
    public boolean isAllowedInRun() {
        return CHANGEABLE.contains(key) || (key.startsWith("training.") && !key.equals(SPLIT));
    }

    @Override
    public String toString() {
        return "%s is %s there and %s here".formatted(key, before, after);
    }

    private static void collect(
            String path, JsonNode before, JsonNode after, List<ConfigChange> changes) {
        if (before.equals(after)) return;
        if (!(before instanceof ObjectNode || after instanceof ObjectNode)) {
            changes.add(new ConfigChange(path, before.toString(), after.toString()));
            return;
        }
        Set<String> keys = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            String below = path.isEmpty() ? key : path + "." + key;
            collect(below, before.path(key), after.path(key), changes);
        }
    }
}
