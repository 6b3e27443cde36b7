package wavenet4j.cuda.check;

/// A network run on the card beside another backend.
///
/// @param oracle the other: `reference`, or `cpu` where that would take too long; the cpu backend's
///   own tests compare it with the reference
/// @param samples how many
record Trial(CheckedNetwork network, String oracle, int samples) {}
