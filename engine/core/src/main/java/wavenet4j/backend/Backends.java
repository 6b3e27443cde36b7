package wavenet4j.backend;

import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend.Availability.Absent;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// The choice among the backends on the class path.
public final class Backends {
    private Backends() {}

    /// A backend that is ready, and why it was taken.
    public record Choice(Backend backend, String reason) {}

    /// All that are installed, the fastest first.
    public static List<Backend> installed() {
        var loader = ServiceLoader.load(Backend.class, Backends.class.getClassLoader());
        return fastestFirst(loader.stream().map(ServiceLoader.Provider::get).toList());
    }

    static List<Backend> fastestFirst(List<Backend> backends) {
        return backends.stream()
                .sorted(Comparator.comparingInt(Backend::speedRank).reversed())
                .toList();
    }

    /// The fastest backend that is ready for a network of that shape; the reason says which faster
    /// ones are missing, and why, but for those that this machine has nothing for. The remedies are
    /// only in the errors.
    ///
    /// @throws IllegalStateException when none is ready
    public static Choice fastest(ModelSpec spec) {
        return fastest(installed(), spec);
    }

    static Choice fastest(List<Backend> installed, ModelSpec spec) {
        var missing = new StringBuilder();
        var remedies = new StringBuilder();
        for (Backend backend : installed) {
            switch (backend.probe(spec)) {
                case Ready(var detail) -> {
                    return new Choice(backend, detail + missing);
                }
                case Missing(var reason, var remedy) -> {
                    missing.append("; %s is missing: %s".formatted(backend.name(), reason));
                    remedies.append("; for %s %s".formatted(backend.name(), remedy));
                }
                case Absent _ -> {}
            }
        }
        throw new IllegalStateException(
                "no generation backend is ready on this machine" + missing + remedies);
    }

    /// The backend of that name, never another.
    ///
    /// @throws IllegalArgumentException when it is not installed or not ready, with the remedy
    public static Choice named(String name, ModelSpec spec) {
        return named(installed(), name, spec);
    }

    static Choice named(List<Backend> installed, String name, ModelSpec spec) {
        for (Backend backend : installed) {
            if (!backend.name().equals(name)) continue;
            return switch (backend.probe(spec)) {
                case Ready(var detail) -> new Choice(backend, detail);
                case Missing(var reason, var remedy) -> throw cannotRun(name, reason, remedy);
                case Absent(var reason, var remedy) -> throw cannotRun(name, reason, remedy);
            };
        }
        String names = String.join(", ", installed.stream().map(Backend::name).toList());
        throw new IllegalArgumentException(
                "there is no backend %s; installed are %s".formatted(name, names));
    }

    private static IllegalArgumentException cannotRun(String name, String reason, String remedy) {
        return new IllegalArgumentException(
                "the backend %s cannot run here: %s; %s".formatted(name, reason, remedy));
    }
}
