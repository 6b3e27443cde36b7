package wavenet4j.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine: its preferred size, but at most 512 bits, so that padding stays
/// small. No result depends on the size.
final class Lanes {
    /// Channels are padded to a multiple of this, the lanes of the widest vector, on every machine.
    static final int MOST = 16;

    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > MOST
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_PREFERRED;

    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    static final int COUNT = FLOATS.length();

    private Lanes() {}

    static int padded(int channels) {
        return Math.ceilDiv(channels, MOST) * MOST;
    }
}
