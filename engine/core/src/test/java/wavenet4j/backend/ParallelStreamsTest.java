package wavenet4j.backend;

import wavenet4j.reference.ReferenceBackend;
import wavenet4j.testing.StreamsContract;

/// The groups of one stream each that every backend has by default, shared out to threads.
final class ParallelStreamsTest extends StreamsContract {
    @Override
    protected Backend backend() {
        return new ReferenceBackend();
    }
}
