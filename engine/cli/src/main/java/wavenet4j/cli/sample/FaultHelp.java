package wavenet4j.cli.sample;

import wavenet4j.audio.analysis.SoundFault;

/// What helps against a fault of a take.
final class FaultHelp {
    private FaultHelp() {}

    /// A sentence with the fault and the remedy.
    ///
    /// @param fromSilence whether the take began after silence though the model has excerpts
    static String sentence(SoundFault fault, boolean fromSilence) {
        return "the take %s; %s".formatted(fault.words(), remedy(fault, fromSilence));
    }

    private static String remedy(SoundFault fault, boolean fromSilence) {
        return switch (fault) {
            case SILENCE, ONE_LEVEL, OFFSET, FEW_LEVELS, ONE_PERIOD, QUIET ->
                    fromSilence
                            ? "leave out --from-silence, which the model has seldom met"
                            : "try another --seed, a higher --temperature or a --prime, or train"
                                    + " the model longer";
            case NOISE -> "the model has learned little yet, or --temperature is too high";
            case FULL_SCALE ->
                    "try a lower --temperature or, of a model over mu-law levels, a --top-p below"
                            + " 1";
        };
    }
}
