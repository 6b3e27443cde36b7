package wavenet4j.backend;

/// A network of one stream.
public interface SingleStreamNetwork extends Network {
    /// Feeds the stream one level.
    void tick(int level);

    @Override
    default int count() {
        return 1;
    }

    @Override
    default void tick(int[] levels) {
        tick(levels[0]);
    }

    @Override
    default void feed(int stream, int[] levels, int from, int to) {
        for (int t = from; t < to; t++) tick(levels[t]);
    }
}
