package wavenet4j.train.tensorboard;

import com.google.protobuf.ByteString;

import wavenet4j.audio.Clip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The values of a step: the protobuf `Summary` of TensorFlow's summary.proto. Each value has a
/// tag; TensorBoard groups tags by the part before the slash.
final class Summary {
    // Fields of Summary and of Summary.Value.
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int AUDIO = 6;

    private static final int RGB = 3;

    private final List<ByteString> values = new ArrayList<>();

    /// A point of a curve.
    Summary scalar(String tag, double value) throws IOException {
        values.add(
                ProtobufMessage.of(fields -> {
                    fields.writeString(TAG, tag);
                    fields.writeFloat(SIMPLE_VALUE, (float) value);
                }));
        return this;
    }

    /// A picture in RGB, width and height in pixels.
    Summary image(String tag, int width, int height, byte[] png) throws IOException {
        ByteString image =
                ProtobufMessage.of(fields -> {
                    fields.writeInt32(1, height);
                    fields.writeInt32(2, width);
                    fields.writeInt32(3, RGB);
                    fields.writeByteArray(4, png);
                });
        return value(tag, IMAGE, image);
    }

    /// An audio clip.
    ///
    /// @param wav the bytes of its WAV file
    Summary audio(String tag, Clip clip, byte[] wav) throws IOException {
        ByteString audio =
                ProtobufMessage.of(fields -> {
                    fields.writeFloat(1, clip.sampleRate());
                    fields.writeInt64(2, 1); // channels
                    fields.writeInt64(3, clip.samples().length);
                    fields.writeByteArray(4, wav);
                    fields.writeString(5, "audio/wav");
                });
        return value(tag, AUDIO, audio);
    }

    private Summary value(String tag, int field, ByteString content) throws IOException {
        values.add(
                ProtobufMessage.of(fields -> {
                    fields.writeString(TAG, tag);
                    fields.writeBytes(field, content);
                }));
        return this;
    }

    ByteString message() throws IOException {
        return ProtobufMessage.of(fields -> {
            for (ByteString value : values) fields.writeBytes(VALUE, value);
        });
    }
}
