package wavenet4j.train.config;

import static wavenet4j.train.config.Ranges.require;

import org.jspecify.annotations.Nullable;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution;
import wavenet4j.spec.Conditioning;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.spec.SampleHead;

import java.util.List;

/// The shape of the network to train.
///
/// @param sampleRate in Hz, or null for the one most of the recordings have
/// @param output `mulaw` or `logistics`: see [Distribution]
/// @param levels Q, of `mulaw`
/// @param mixtures M, of `logistics`
/// @param kernelSize K
/// @param dilations d of each layer
/// @param labelEmbedding E, where the recordings have labels
public record NetworkConfig(
        @Nullable Integer sampleRate,
        String output,
        int levels,
        int mixtures,
        Channels channels,
        int kernelSize,
        DilationPattern dilations,
        int labelEmbedding) {
    private static final String MULAW = "mulaw";
    private static final String LOGISTICS = "logistics";
    private static final int ANY_RATE = 16_000;

    /// All weights are in one array; a WaveNet has far fewer.
    private static final long MOST_PARAMETERS = 1 << 28;

    /// The widths of the network's layers.
    ///
    /// @param residual R
    /// @param gate G
    /// @param skip S
    /// @param head A
    public record Channels(int residual, int gate, int skip, int head) {}

    /// Checks the ranges.
    public NetworkConfig {
        require(
                labelEmbedding >= 1 && labelEmbedding <= 1 << 14,
                "network.labelEmbedding",
                labelEmbedding,
                "1 to 16,384");
        require(
                output.equals(MULAW) || output.equals(LOGISTICS),
                "network.output",
                output,
                MULAW + " or " + LOGISTICS);
        require(levels >= 2 && levels <= 1 << 16, "network.levels", levels, "2 to 65,536");
        require(mixtures >= 1 && mixtures <= 1024, "network.mixtures", mixtures, "1 to 1,024");
        var unlabelled =
                new ModelSpec(
                        sampleRate == null ? ANY_RATE : sampleRate,
                        distribution(output, levels, mixtures),
                        trunk(channels, kernelSize, dilations),
                        new SampleHead(channels.head()),
                        Conditioning.NONE);
        require(
                unlabelled.parameters() <= MOST_PARAMETERS,
                "the number of the network's parameters",
                unlabelled.parameters(),
                "at most " + MOST_PARAMETERS);
    }

    /// The distribution of the network's outputs.
    public Distribution distribution() {
        return distribution(output, levels, mixtures);
    }

    private static Distribution distribution(String output, int levels, int mixtures) {
        return output.equals(LOGISTICS)
                ? new Distribution.LogisticMixture(mixtures)
                : new Distribution.Categorical(levels);
    }

    private static DilatedConvolutions trunk(
            Channels channels, int kernelSize, DilationPattern dilations) {
        return new DilatedConvolutions(
                channels.residual(),
                channels.gate(),
                channels.skip(),
                kernelSize,
                dilations.list());
    }

    /// The specification for recordings of that rate with those labels.
    public ModelSpec spec(int recordedRate, List<String> labels) {
        return new ModelSpec(
                sampleRate == null ? recordedRate : sampleRate,
                distribution(),
                trunk(channels, kernelSize, dilations),
                new SampleHead(channels.head()),
                Conditioning.onLabels(labels, labelEmbedding));
    }

    /// The configuration of a model's network, with these values for what it does not have.
    NetworkConfig of(ModelSpec spec) {
        DilatedConvolutions trunk = spec.convolutions();
        int embedding = spec.labels().embedding();
        String itsOutput = MULAW;
        int itsLevels = levels;
        int itsMixtures = mixtures;
        switch (spec.distribution()) {
            case Distribution.Categorical(int q) -> itsLevels = q;
            case Distribution.LogisticMixture(int m) -> {
                itsOutput = LOGISTICS;
                itsMixtures = m;
            }
        }
        return new NetworkConfig(
                spec.sampleRate(),
                itsOutput,
                itsLevels,
                itsMixtures,
                new Channels(trunk.residual(), trunk.gate(), trunk.skip(), spec.head().hidden()),
                trunk.kernelSize(),
                new DilationPattern(trunk.dilations()),
                embedding == 0 ? labelEmbedding : embedding);
    }
}
