package wavenet4j.cpu.internal.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine: its preferred size, but at most 512 bits, so that padding stays
/// small. No result depends on the size.
public final class Lanes {
    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > Product.LANES
                    ? FloatVector.SPECIES_512
                    : FloatVector.SPECIES_PREFERRED;

    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /// As many bytes as there are lanes, or more: no vector has less than eight.
    static final VectorSpecies<Byte> BYTES =
            FLOATS.length() == Product.LANES ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

    public static final int COUNT = FLOATS.length();

    private Lanes() {}
}
