package wavenet4j.cuda;

/// A network run on the card beside another backend.
///
/// @param oracle the other: `reference`, or `cpu` where that would take too long; the cpu backend's
///   own tests compare it with the reference
/// @param samples how many
record Trial(Network network, String oracle, int samples) {}
