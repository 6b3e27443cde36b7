package wavenet4j.train.tensorboard;

import com.google.protobuf.ByteString;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// An event file of TensorBoard: records of the length (uint64), its checksum (uint32), the data
/// and their checksum, all little-endian; the data are the protobuf `Event` of TensorFlow's
/// event.proto. Readers follow the file while it grows and wait at an incomplete record.
final class EventFile {
    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;

    // Fields of Event, and of SessionLog within it.
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int STATUS = 1;
    private static final int STATUS_START = 1;

    private final Path file;

    private EventFile(Path file) {
        this.file = file;
    }

    /// Creates a file, which readers take for the continuation of the earlier ones. They drop the
    /// earlier events of `step` and later.
    ///
    /// @param step the first of this file
    static EventFile create(Path folder, long step) throws IOException {
        // Readers order files by the seconds in their names, which must increase whatever the
        // clock.
        long seconds = Instant.now().getEpochSecond();
        try (var files = Files.list(folder)) {
            for (Path other : files.toList()) {
                var name = NAME.matcher(String.valueOf(other.getFileName()));
                if (name.matches()) seconds = Math.max(seconds, 1 + Long.parseLong(name.group(1)));
            }
        }
        String name =
                String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", seconds, hostName());
        var created = new EventFile(folder.resolve(name));
        created.append(0, event -> event.writeString(FILE_VERSION, VERSION));
        created.restart(step);
        return created;
    }

    /// Makes readers drop the events of `step` and later.
    void restart(long step) throws IOException {
        ByteString log = ProtobufMessage.of(fields -> fields.writeEnum(STATUS, STATUS_START));
        append(step, event -> event.writeBytes(SESSION_LOG, log));
    }

    /// Appends the values of a step.
    void append(long step, Summary summary) throws IOException {
        append(step, event -> event.writeBytes(SUMMARY, summary.message()));
    }

    private void append(long step, ProtobufMessage.Fields what) throws IOException {
        double now = System.currentTimeMillis() * 1e-3;
        byte[] data =
                ProtobufMessage.of(
                                event -> {
                                    event.writeDouble(WALL_TIME, now);
                                    event.writeInt64(STEP, step);
                                    what.writeTo(event);
                                })
                        .toByteArray();
        ByteBuffer record =
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(data.length);
        record.putInt(checksum(record.array(), Long.BYTES)).put(data);
        record.putInt(checksum(data, data.length)).flip();
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (record.hasRemaining()) channel.write(record);
        }
    }

    /// CRC-32C, masked as TensorFlow does: rotated, plus a constant.
    private static int checksum(byte[] bytes, int count) {
        var crc = new CRC32C();
        crc.update(bytes, 0, count);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
