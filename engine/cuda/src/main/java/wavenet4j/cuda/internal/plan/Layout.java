package wavenet4j.cuda.internal.plan;

import wavenet4j.ModelSpec;
import wavenet4j.spec.DilatedConvolutions;

import java.util.List;
import java.util.Locale;

/// The compile-time shape of the kernel for a network, with the sizes that `run.cuh` and
/// `exchange.cuh` derive from it.
///
/// @param residual R, padded to a multiple of 32, as are the next three
/// @param gate G
/// @param skip S
/// @param head A
/// @param levels Q, padded to a multiple of 256
/// @param pastTaps K - 1
/// @param columns the streams of a group: 1, or 8, which share each product
/// @param strict whether everything is float32; else products are of binary16
/// @param link how the blocks of a pipeline exchange messages
/// @param layersPerBlock the most layers that a block has
/// @param threads of a block
public record Layout(
        int residual,
        int gate,
        int skip,
        int head,
        int levels,
        int pastTaps,
        int columns,
        boolean strict,
        Link link,
        int layersPerBlock,
        int threads) {

    /// How the blocks of a pipeline exchange messages.
    public enum Link {
        /// Not at all: a pipeline is one block.
        NONE(0),
        /// Through distributed shared memory.
        CLUSTER(1),
        /// Through the card's memory.
        GRID(2);

        private final int numberInKernel;

        Link(int numberInKernel) {
            this.numberInKernel = numberInKernel;
        }
    }

    /// Outputs of a tile.
    static final int TILE = 16;

    /// Inputs of a chunk.
    static final int CHUNK = 32;

    /// The streams that share each product, where there are several.
    public static final int MOST_COLUMNS = 8;

    /// Bytes of a unit, which a lane loads at once.
    public static final int UNIT_BYTES = 16;

    static final int LANES = 32;

    private static final int REGISTER_UNITS = 16;
    private static final int LEVELS_MULTIPLE = 256;
    private static final int PICK_GROUP = 16;
    private static final int STAGE_BYTES = 40;

    /// The layout of a network, its channels padded.
    public static Layout of(
            ModelSpec spec,
            int columns,
            boolean strict,
            Link link,
            int layersPerBlock,
            int threads) {
        DilatedConvolutions c = spec.convolutions();
        return new Layout(
                padded(c.residual()),
                padded(c.gate()),
                padded(c.skip()),
                padded(spec.head().hidden()),
                multipleOf(LEVELS_MULTIPLE, spec.levels()),
                c.kernelSize() - 1,
                columns,
                strict,
                link,
                layersPerBlock,
                threads);
    }

    /// The number of weights of such a network as they are packed, whatever the layout.
    public static long weights(ModelSpec spec) {
        DilatedConvolutions c = spec.convolutions();
        long residual = padded(c.residual());
        long gate = padded(c.gate());
        long skip = padded(c.skip());
        long head = padded(spec.head().hidden());
        long layer = 2 * gate * (c.kernelSize() * residual + gate) + (residual + skip) * gate;
        return spec.layers() * layer + head * (skip + multipleOf(LEVELS_MULTIPLE, spec.levels()));
    }

    /// The channels of a vector, padded.
    public static int padded(int channels) {
        return multipleOf(CHUNK, channels);
    }

    /// A name unique to its kernel, for files.
    public String name() {
        return "r%s-g%s-s%s-a%s-q%s-columns%s-%s-%s-layers%s-threads%s"
                .formatted(
                        residual,
                        gate,
                        skip,
                        head,
                        levels,
                        columns,
                        strict ? "float32" : "float16",
                        link.name().toLowerCase(Locale.ROOT),
                        layersPerBlock,
                        threads);
    }

    /// The macros for the compiler.
    public List<String> defines() {
        return List.of(
                "-DRESIDUAL_CHANNELS=" + residual,
                "-DGATE_CHANNELS=" + gate,
                "-DSKIP_CHANNELS=" + skip,
                "-DHEAD_CHANNELS=" + head,
                "-DMOST_LEVELS=" + levels,
                "-DCOLUMNS=" + columns,
                "-DSTRICT=" + (strict ? 1 : 0),
                "-DLINK=" + link.numberInKernel,
                "-DLAYERS_OF_BLOCK=" + layersPerBlock,
                "-DTHREADS_OF_BLOCK=" + threads);
    }

    /// Bytes of one element of a vector: 4 or 2.
    public int elementBytes() {
        return strict ? Float.BYTES : Short.BYTES;
    }

    /// Tiles of the gate: each has 8 filters and their gates.
    int gateTiles() {
        return 2 * gate / TILE;
    }

    /// The units of a tile over so many inputs.
    int units(int inputs) {
        return inputs / CHUNK * (strict ? 4 : 2);
    }

    /// The 16-byte units of a layer's weights, in all lanes.
    int layerUnits() {
        int gateUnits = units(residual) + units(gate) + pastTaps * units(residual);
        int tiles = residual / TILE + skip / TILE;
        return LANES * (gateTiles() * gateUnits + tiles * units(gate));
    }

    int hiddenUnits() {
        return LANES * (head / TILE) * units(skip);
    }

    int outputUnits() {
        return LANES * (levels / TILE) * units(head);
    }

    /// Whether each warp keeps the weights of its tile of the layers in its registers.
    boolean keepsLayersInRegisters() {
        return !strict
                && gateTiles() + residual / TILE <= threads / LANES
                && layersPerBlock * (units(residual) + units(gate)) <= REGISTER_UNITS;
    }

    /// The size of the kernel's `Shared`.
    int sharedBytes() {
        int vectors = 2 * stride(residual) + layersPerBlock * stride(gate) + stride(gate);
        int scratch = 2 * levels + levels / PICK_GROUP;
        return multipleOf(
                UNIT_BYTES,
                columns * vectors * elementBytes()
                        + sums(residual) * Float.BYTES
                        + columns * (levels + scratch) * Float.BYTES
                        + STAGE_BYTES);
    }

    /// The size of the kernel's `Mailbox`.
    public int mailboxBytes() {
        int vectors = stride(residual) + stride(gate) + stride(skip) + stride(head);
        int barriersAndFlags = 8 * Integer.BYTES + 5 * Long.BYTES + 8 * Integer.BYTES;
        return multipleOf(
                UNIT_BYTES,
                columns * vectors * elementBytes()
                        + (sums(residual) + sums(skip)) * Float.BYTES
                        + barriersAndFlags);
    }

    /// Bytes of the layer biases of one group and layer: four floats for each lane and gate tile.
    public int layerBiasBytes() {
        return gateTiles() * LANES * 4 * Float.BYTES;
    }

    /// From one column of a vector to the next.
    private int stride(int channels) {
        if (columns == 1) return channels;
        if (strict) return channels + 4;
        return channels % 64 == 0 ? channels + 32 : channels;
    }

    private int sums(int outputs) {
        return outputs * columns;
    }

    private static int multipleOf(int unit, int number) {
        return Math.ceilDiv(number, unit) * unit;
    }
}
