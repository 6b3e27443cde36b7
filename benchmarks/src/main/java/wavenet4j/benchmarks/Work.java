package wavenet4j.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The work of a benchmark; JMH reports each counter a second.
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Work {
    /// Multiply-adds of float32 numbers.
    public long multiplyAdds;

    /// Bytes read: of weights, or of an array.
    public long bytes;
}
