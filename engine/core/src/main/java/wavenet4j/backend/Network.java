package wavenet4j.backend;

/// The network of one or several streams, run tick by tick: the part of a processor backend that
/// [StepLoop] calls. It owns the delay lines and every buffer it needs; no method allocates, and
/// one thread at a time calls them.
public interface Network extends AutoCloseable {
    /// How many streams there are; they are numbered from 0.
    int count();

    /// How many threads compute, the caller's included.
    int threads();

    /// Sets what is added in each layer before its activation, from the next tick on. The delay
    /// lines stay.
    ///
    /// @param biases [L, 2G], as [Conditioner#biases] gives them; copied
    void setLayerBias(int stream, float[][] biases);

    /// Puts a stream into the state after a receptive field of silence.
    ///
    /// @param state under the stream's biases; copied
    void silence(int stream, SilentState state);

    /// Feeds every stream one level.
    ///
    /// @param levels `[count]`
    void tick(int[] levels);

    /// Feeds one stream the levels of [from, to), one a tick; the others stay where they are.
    void feed(int stream, int[] levels, int from, int to);

    /// Computes the outputs of all streams for the latest tick.
    void head();

    /// The outputs of a stream as the latest [#head] left them: logits, or the parameters of a
    /// mixture. They stay valid until the next call of another method.
    ///
    /// @return at least as many values as the distribution is wide
    float[] outputs(int stream);

    /// Frees what it owns. Closing twice is harmless.
    @Override
    void close();
}
