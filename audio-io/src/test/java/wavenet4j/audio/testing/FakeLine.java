package wavenet4j.audio.testing;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.SourceDataLine;

/// A sound device that records its input and plays when the test asks it to.
public final class FakeLine {
    private final Consumer<String> listener;
    private final List<String> calls = new ArrayList<>();
    private final ByteArrayOutputStream sound = new ByteArrayOutputStream();
    private AudioFormat format = new AudioFormat(1, 8, 1, true, false);
    private int bufferSize;
    private int buffered;
    private boolean playsAtOnce;

    /// A line without a listener.
    public FakeLine() {
        this(_ -> {});
    }

    /// A line with a listener.
    ///
    /// @param listener receives the name of each call
    public FakeLine(Consumer<String> listener) {
        this.listener = listener;
    }

    /// The line to open.
    public SourceDataLine line() {
        return (SourceDataLine)
                Proxy.newProxyInstance(
                        SourceDataLine.class.getClassLoader(),
                        new Class<?>[] {SourceDataLine.class},
                        (_, method, args) -> call(method.getName(), args));
    }

    /// The calls in order, without writes and queries.
    public List<String> calls() {
        return calls;
    }

    /// All written bytes.
    public byte[] sound() {
        return sound.toByteArray();
    }

    /// The format of the open line.
    public AudioFormat format() {
        return format;
    }

    /// Plays everything buffered.
    public void playOut() {
        buffered = 0;
    }

    /// Plays everything at once as soon as the line is started.
    public void playAtOnceWhenStarted() {
        playsAtOnce = true;
    }

    private @Nullable Object call(String method, Object[] args) {
        switch (method) {
            case "open" -> {
                format = (AudioFormat) args[0];
                bufferSize = (int) args[1];
            }
            case "write" -> {
                sound.write((byte[]) args[0], (int) args[1], (int) args[2]);
                buffered = Math.min(bufferSize, buffered + (int) args[2]);
                if (playsAtOnce && calls.contains("start")) buffered = 0;
                return args[2];
            }
            case "available" -> {
                return bufferSize - buffered;
            }
            case "getBufferSize" -> {
                return bufferSize;
            }
            case "start", "stop", "flush", "drain", "close" -> {}
            default -> throw new UnsupportedOperationException(method);
        }
        calls.add(method);
        listener.accept(method);
        return null;
    }
}
