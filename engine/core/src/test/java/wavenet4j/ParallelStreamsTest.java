package wavenet4j;

/// The groups of one stream each that every backend has by default, shared out to threads.
final class ParallelStreamsTest extends StreamsContract {
    @Override
    protected Backend backend() {
        return new ReferenceBackend();
    }
}
