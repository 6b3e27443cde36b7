package wavenet4j.cuda.check;

import wavenet4j.Generator;
import wavenet4j.Take;
import wavenet4j.spec.Precision;

import java.util.function.Consumer;

/// Scores audio in float16 on the card and in float32 on the processor.
record BitsCheck(CheckedNetwork network, Audio audio) implements Check {
    /// Bits a sample.
    static final double MOST_DIFFERENCE = 0.002;

    private static final int SEED = 13;

    /// What is scored.
    sealed interface Audio {
        /// A take of so many samples, drawn by the cpu backend.
        record Drawn(int samples) implements Audio {}

        /// A recording.
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Recorded(String name, int[] levels) implements Audio {}
    }

    @Override
    public String name() {
        return "bits";
    }

    @Override
    public String claim() {
        return "bits per sample in float16 differ by at most %s from the cpu backend's in float32"
                .formatted(MOST_DIFFERENCE);
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        try (var processor = network.onProcessor("cpu");
                var card = rig.openOne(network, Precision.FLOAT16)) {
            int[] levels =
                    switch (audio) {
                        case Audio.Drawn(int samples) -> {
                            var drawn = new int[samples];
                            processor.reset(Take.ofSeed(SEED));
                            processor.generate(drawn, 0, samples);
                            yield drawn;
                        }
                        case Audio.Recorded(var _, var recorded) -> recorded;
                    };
            String what =
                    switch (audio) {
                        case Audio.Drawn _ -> "a take";
                        case Audio.Recorded(var name, var _) -> name;
                    };
            double expected = bitsPerSample(processor, levels);
            double found = bitsPerSample(card, levels);
            return CheckResult.of(
                    Math.abs(found - expected) <= MOST_DIFFERENCE,
                    "%s, %,d samples of %s: %.4f on the card, %.4f on the processor, difference %+.5f"
                            .formatted(
                                    network.name(),
                                    levels.length,
                                    what,
                                    found,
                                    expected,
                                    found - expected));
        }
    }

    /// By teacher forcing, sample for sample, from silence on.
    private static double bitsPerSample(Generator generator, int[] levels) {
        var logits = new float[generator.model().spec().levels()];
        generator.reset(Take.ofSeed(SEED));
        double nats = 0;
        for (int t = 0; t < levels.length; t++) {
            generator.outputs(logits);
            nats -= Softmax.logProbabilities(logits)[levels[t]];
            generator.prime(levels, t, t + 1);
        }
        return nats / Math.log(2) / levels.length;
    }
}
