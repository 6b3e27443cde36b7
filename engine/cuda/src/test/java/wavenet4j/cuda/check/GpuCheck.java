package wavenet4j.cuda.check;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.Lookup;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Runs the tests of [GpuChecksTest] and prints one line for each, with its figures. The exit code
/// is 0 when none failed, 1 when one did, 2 when nothing could be checked, 64 for an unknown check.
final class GpuCheck implements TestExecutionListener {
    static final int FAILED = 1;
    static final int NO_GPU = 2;
    static final int WRONG_USE = 64;

    private final PrintStream out;
    private final SequencedMap<String, Integer> outcomes = new TreeMap<>();
    private String figures = "";
    private long start;

    GpuCheck(PrintStream out) {
        this.out = out;
    }

    /// Runs checks on the first GPU, and ends the process with the exit code.
    ///
    /// @param arguments names of checks, none for all but [GpuChecksTest#sanitized]; or `--list`
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // the same figures everywhere
        System.setProperty(OnGpu.PROPERTY, "true");
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new GpuCheck(out).run(() -> Gpu.open(null, 0), List.of(arguments)));
    }

    int run(Supplier<Lookup<Gpu>> gpu, List<String> arguments) {
        var claims = claims();
        if (arguments.contains("--list")) {
            claims.forEach((name, claim) -> out.println(name + ": " + claim));
            return 0;
        }
        var names = arguments.isEmpty() ? List.copyOf(claims.keySet()) : arguments;
        for (String name : names) {
            if (claims.containsKey(name) || name.equals("sanitized")) continue;
            out.printf("there is no check %s; there are %s%n", name, claims.keySet());
            return WRONG_USE;
        }
        switch (gpu.get()) {
            case Missing<Gpu>(var reason, var remedy) -> {
                out.printf("gpu-check: nothing can be checked here, as %s; %s.%n", reason, remedy);
                return NO_GPU;
            }
            case Found<Gpu>(var found) -> found.close();
        }
        return execute(GpuChecksTest.class, names);
    }

    /// Runs those test methods of a class.
    int execute(Class<?> tests, List<String> names) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(names.stream().map(name -> selectMethod(tests, name)).toList())
                        .build();
        LauncherFactory.create().execute(request, this);
        out.printf(
                "%d ok, %d failed, %d skipped%n", count("ok"), count("FAILED"), count("skipped"));
        if (count("FAILED") > 0) return FAILED;
        return count("ok") > 0 ? 0 : NO_GPU;
    }

    /// The names of the checks in their order, each with what it proves.
    private static SequencedMap<String, String> claims() {
        return Arrays.stream(GpuChecksTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Order.class))
                .sorted(
                        Comparator.comparingInt(
                                method -> method.getAnnotation(Order.class).value()))
                .collect(
                        Collectors.toMap(
                                method -> method.getName(),
                                method -> method.getAnnotation(DisplayName.class).value(),
                                (first, _) -> first,
                                LinkedHashMap::new));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        figures = "";
        start = System.nanoTime();
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        figures = entry.getKeyValuePairs().getOrDefault("figures", figures);
        String note = entry.getKeyValuePairs().get("note");
        if (note != null) out.println("        " + note);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print("skipped", test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String message = result.getThrowable().map(GpuCheck::message).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) print("ok", test, figures + seconds());
            }
            case ABORTED -> print("skipped", test, message);
            case FAILED -> print("FAILED", test, message + seconds());
        }
    }

    private void print(String outcome, TestIdentifier test, String text) {
        String name =
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .orElse(test.getDisplayName());
        outcomes.merge(outcome, 1, Integer::sum);
        out.printf("%-7s %s: %s%n", outcome, name, text);
    }

    private int count(String outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    private String seconds() {
        return " (%.1f s)".formatted((System.nanoTime() - start) / 1e9);
    }

    private static String message(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? problem.toString() : message.strip().replaceAll("\\R\\s*", " ");
    }
}
