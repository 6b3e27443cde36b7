package wavenet4j.testing;

/// What every backend's generators keep, whatever they run on. A backend's test extends this and
/// names the backend; a backend that this machine lacks shows as skipped, with its reason.
public abstract class GeneratorContract
        implements TakeContract, DrawingContract, LabelContract, LifetimeContract {}
