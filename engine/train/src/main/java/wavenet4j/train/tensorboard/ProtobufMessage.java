package wavenet4j.train.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;

import java.io.IOException;

/// Writes protobuf messages by field numbers, without generated classes.
final class ProtobufMessage {
    private ProtobufMessage() {}

    /// Writes the fields of a message.
    interface Fields {
        void writeTo(CodedOutputStream fields) throws IOException;
    }

    static ByteString of(Fields content) throws IOException {
        var bytes = ByteString.newOutput();
        var fields = CodedOutputStream.newInstance(bytes);
        content.writeTo(fields);
        fields.flush();
        return bytes.toByteString();
    }
}
