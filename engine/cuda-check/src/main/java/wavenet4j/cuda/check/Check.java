package wavenet4j.cuda.check;

import java.util.function.Consumer;

/// One thing that is proved on a card.
interface Check {
    /// What it is asked for by.
    String name();

    /// What it proves, a phrase.
    String claim();

    /// Looks at it.
    ///
    /// @param notes told what is worth a line of its own while it runs
    CheckResult run(CheckedGpu rig, Consumer<String> notes);
}
