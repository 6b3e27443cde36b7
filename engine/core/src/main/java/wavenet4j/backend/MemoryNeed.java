package wavenet4j.backend;

import wavenet4j.ModelSpec;
import wavenet4j.spec.Precision;

/// The memory that streams take beside their model, as it follows from the network's shape alone:
/// delay lines, buffers, and the weights as the backend packs them.
///
/// @param heap bytes of the Java heap
/// @param outside bytes outside the heap, of which Java allows as many again
public record MemoryNeed(long heap, long outside) {
    /// Refuses what Java's memory cannot hold, before any of it is allocated.
    ///
    /// @param most bytes of the Java heap
    /// @throws IllegalArgumentException with both figures and what helps
    void requireAtMost(long most, ModelSpec spec, Precision precision, int streams) {
        // The model itself, and its weights once more where they are rounded.
        long copies = precision == Precision.FLOAT32 ? 1 : 2;
        long needed = Math.max(heap + copies * Float.BYTES * spec.parameters(), outside);
        if (needed <= most) return;
        throw new IllegalArgumentException(
                "%s of this network, with a receptive field of %,d samples and layers of %,d channels, would take %,d MB of memory, and Java may use %,d MB; take a smaller network%s, or let Java use more by -Xmx"
                        .formatted(
                                streams == 1 ? "a stream" : "%,d streams".formatted(streams),
                                spec.receptiveField(),
                                spec.trunk().input(),
                                Math.ceilDiv(needed, 1 << 20),
                                most >> 20,
                                streams == 1 ? "" : " or fewer streams"));
    }
}
