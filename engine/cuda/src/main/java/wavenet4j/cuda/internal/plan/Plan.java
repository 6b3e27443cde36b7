package wavenet4j.cuda.internal.plan;

import wavenet4j.ModelSpec;
import wavenet4j.cuda.internal.driver.Launch;

/// How a network is laid out on a GPU, and the launch that runs it.
///
/// @param layout what the kernel is compiled for
/// @param groups of streams
/// @param pipelines of blocks, which share the groups among them
/// @param blocks of a pipeline
/// @param hiddenRank which of them has the hidden product of the head
/// @param outputRank which of them has the output product, and picks
/// @param residentUnits a block with no more units of weights keeps them in its shared memory
/// @param sharedBytes of a block, all in all
public record Plan(
        Layout layout,
        int groups,
        int pipelines,
        int blocks,
        int hiddenRank,
        int outputRank,
        int residentUnits,
        int sharedBytes) {

    /// The most groups of a pipeline.
    public int groupsPerPipeline() {
        return Math.ceilDiv(groups, pipelines);
    }

    /// The launch configuration.
    public Launch launch() {
        return new Launch(
                pipelines * blocks,
                layout.threads(),
                layout.link() == Layout.Link.CLUSTER ? blocks : 1,
                sharedBytes,
                layout.link() == Layout.Link.GRID);
    }

    /// The layout and where the weights are, for people.
    public String describe(ModelSpec spec) {
        String places =
                switch (layout.link()) {
                    case NONE ->
                            "one block for all layers, weights "
                                    + (allWeightsAreResident(spec)
                                            ? "in shared memory"
                                            : "from L2");
                    case CLUSTER ->
                            "a cluster of %d blocks, %s, handed on through shared memory"
                                    .formatted(blocks, layersPerBlock());
                    case GRID ->
                            "%d blocks in a row, %s, handed on through L2"
                                    .formatted(blocks, layersPerBlock());
                };
        return "%s; %d %s of %d; %s, %d bytes of shared memory a block"
                .formatted(
                        places,
                        groups,
                        groups == 1 ? "group" : "groups",
                        layout.columns(),
                        layout.strict() ? "float32" : "float16",
                        sharedBytes);
    }

    private String layersPerBlock() {
        String layers =
                layout.layersPerBlock() == 1
                        ? "a layer each"
                        : "%d layers each".formatted(layout.layersPerBlock());
        return layers + (layout.keepsLayersInRegisters() ? " in registers" : "");
    }

    private boolean allWeightsAreResident(ModelSpec spec) {
        return Planner.networkUnits(spec, layout) <= residentUnits;
    }
}
