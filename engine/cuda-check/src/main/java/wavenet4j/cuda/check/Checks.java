package wavenet4j.cuda.check;

import wavenet4j.cuda.check.CheckResult.Failed;
import wavenet4j.cuda.check.CheckResult.Passed;
import wavenet4j.cuda.check.CheckResult.Skipped;

import java.util.List;
import java.util.function.Consumer;

/// Runs checks one after the other and says what each came to.
record Checks(List<Check> checks) {
    /// Whether none failed.
    ///
    /// @param lines told each line of the report
    boolean run(CheckedGpu rig, Consumer<String> lines) {
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        for (Check check : checks) {
            long start = System.nanoTime();
            CheckResult outcome = outcome(check, rig, note -> lines.accept("        " + note));
            double seconds = (System.nanoTime() - start) / 1e9;
            String time = "(%.1f s)".formatted(seconds);
            switch (outcome) {
                case Passed(var numbers) -> {
                    passed++;
                    lines.accept("ok      %s: %s %s".formatted(check.name(), numbers, time));
                }
                case Failed(var numbers) -> {
                    failed++;
                    lines.accept("FAILED  %s: %s %s".formatted(check.name(), numbers, time));
                }
                case Skipped(var reason) -> {
                    skipped++;
                    lines.accept("skipped %s: %s".formatted(check.name(), reason));
                }
            }
        }
        lines.accept("%d ok, %d failed, %d skipped".formatted(passed, failed, skipped));
        return failed == 0;
    }

    /// A check that cannot be run to its end failed; those after it run all the same.
    private static CheckResult outcome(Check check, CheckedGpu rig, Consumer<String> notes) {
        try {
            return check.run(rig, notes);
        } catch (RuntimeException | AssertionError e) {
            String message = e.getMessage();
            return new Failed(message == null ? e.toString() : message);
        }
    }
}
