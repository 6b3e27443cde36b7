package wavenet4j.train.names;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What other programs call something, such as `--batch-size`. Capitals, hyphens and underscores do
/// not matter.
public final class OtherNames {
    private final Map<String, String> here = new HashMap<>();

    /// @param table a line for each thing: what it is called here, two spaces or more, and its
    ///   other names
    public OtherNames(String table) {
        for (String line : table.lines().toList()) {
            String[] columns = line.strip().split(" {2,}", 2);
            for (String name : columns[1].split(" ", -1)) here.put(plain(name), columns[0]);
        }
    }

    /// What it is called here; null where it is unknown.
    public @Nullable String find(String name) {
        return here.get(plain(name));
    }

    /// Its letters and digits, in lower case.
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
