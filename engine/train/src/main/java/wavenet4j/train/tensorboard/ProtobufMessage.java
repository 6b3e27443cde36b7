package wavenet4j.train.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;

import java.io.IOException;

/// Protobuf messages by the numbers of their fields, without classes generated for them.
final class ProtobufMessage {
    private ProtobufMessage() {}

    /// What fills a message.
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
