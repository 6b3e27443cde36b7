package wavenet4j.cli.train;

import wavenet4j.cli.console.CommandLines;
import wavenet4j.train.config.ConfigChange;
import wavenet4j.train.config.ScheduleConfig;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run that `--out` names again: the command that began it goes on with it, also to a later end;
/// with other settings it fails, naming them.
///
/// @param folder of the run
/// @param commands to print
record EarlierRun(Path folder, CommandLines commands) {
    private static final Set<String> ENDS = Set.of("training.steps", "training.minutes");

    /// Compares the run's settings with those of the command.
    ///
    /// @param given the keys that the command line sets: an end that it does not name is not later
    /// @return the end that is later than the run's own, in words; empty where it is the same
    /// @throws IllegalArgumentException when the settings differ
    String requireSame(TrainConfig now, Set<String> given) throws IOException {
        TrainConfig own = RunFolder.readConfig(folder, Map.of());
        List<ConfigChange> changes = ConfigChange.between(own, now);
        boolean otherEnd = changes.stream().allMatch(change -> ENDS.contains(change.key()));
        boolean endIsGiven = !Collections.disjoint(ENDS, given);
        if (otherEnd
                && endIsGiven
                && isLater(own.training().schedule(), now.training().schedule())) {
            return String.join(", ", changes.stream().map(c -> c.key() + " " + c.after()).toList());
        }
        if (changes.isEmpty()) return "";
        var lines = new ArrayList<String>();
        lines.add("%s already holds a run with other settings:".formatted(folder));
        for (ConfigChange change : changes) lines.add("  " + change);
        if (changes.stream().allMatch(ConfigChange::isAllowedInRun)) {
            lines.add("This goes on with it, with the settings of here:");
            lines.add("  " + resume(changes));
        }
        lines.add("Another --out begins a new run.");
        throw new IllegalArgumentException(String.join(System.lineSeparator(), lines));
    }

    private String resume(List<ConfigChange> changes) {
        var arguments = new ArrayList<>(List.of("--resume", folder.toString()));
        for (ConfigChange change : changes) {
            arguments.add("--set");
            arguments.add(change.key() + "=" + change.after());
        }
        return commands.of("wavenet-train", arguments.toArray(String[]::new));
    }

    /// Whether no limit became tighter, and none was added to those there are. An end in minutes in
    /// place of one in steps counts as later: which it is shows only in time.
    private static boolean isLater(ScheduleConfig before, ScheduleConfig now) {
        boolean steps = now.steps() == 0 || now.steps() >= before.steps();
        boolean minutes = now.minutes() == 0 || now.minutes() >= before.minutes();
        return steps && minutes && limits(now) <= limits(before);
    }

    private static int limits(ScheduleConfig schedule) {
        return (schedule.steps() > 0 ? 1 : 0) + (schedule.minutes() > 0 ? 1 : 0);
    }
}
