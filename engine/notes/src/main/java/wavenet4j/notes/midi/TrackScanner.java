package wavenet4j.notes.midi;

import org.jspecify.annotations.Nullable;

import wavenet4j.notes.internal.Remarks;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/// Reads the events of one track, as far as they are whole. It takes more than the standard allows:
/// running status goes on after meta and system exclusive events, and system messages, which belong
/// on a cable, are passed over.
final class TrackScanner {
    /// How a track ends.
    enum End {
        /// With the event for it.
        MARKED,
        /// After a whole event.
        UNMARKED,
        /// Within an event, or before something that is none.
        BROKEN,
        /// Before an event at an absurd time.
        ABSURD,
        /// It goes on, with more events than are read.
        TOO_MANY
    }

    private final ByteBuffer bytes;
    private final Track track;
    private final long lastTick;
    private final Remarks remarks;
    private long time;
    private int status;

    /// @param bytes of the track alone; their position is then after what was read
    /// @param track takes the events
    /// @param lastTick that is believed
    TrackScanner(ByteBuffer bytes, Track track, long lastTick, Remarks remarks) {
        this.bytes = bytes;
        this.track = track;
        this.lastTick = lastTick;
        this.remarks = remarks;
    }

    /// Reads the events, and how they end.
    End scan(int mostEvents) {
        try {
            while (bytes.hasRemaining()) {
                if (track.size() > mostEvents) return End.TOO_MANY;
                int delta = variableLength();
                if (delta < 0) return End.BROKEN;
                if (delta > lastTick - time) return End.ABSURD;
                End end = event(time + delta);
                if (end != null) return end;
                time += delta;
            }
            return End.UNMARKED;
        } catch (BufferUnderflowException _) {
            return End.BROKEN;
        }
    }

    /// Reads an event, and how the track ends with it; null where it goes on.
    private @Nullable End event(long tick) {
        int first = unsigned();
        if (first < 0x80) {
            if (status == 0) return End.BROKEN;
            channel(tick, first);
        } else if (first < 0xf0) {
            int data = unsigned();
            status = first;
            channel(tick, data);
        } else if (first == 0xff) {
            return meta(tick);
        } else {
            return system(first);
        }
        return null;
    }

    private void channel(long tick, int first) {
        int command = status & 0xf0;
        boolean single =
                command == ShortMessage.PROGRAM_CHANGE || command == ShortMessage.CHANNEL_PRESSURE;
        int second = single ? 0 : unsigned();
        add(tick, Messages.channel(status, clipped(first), clipped(second)));
    }

    private int clipped(int data) {
        if (data < 0x80) return data;
        remarks.count(
                "data byte above 127 is taken as 127", "data bytes above 127 are taken as 127");
        return 127;
    }

    private @Nullable End meta(long tick) {
        int type = unsigned();
        byte[] data = data();
        if (data == null) return End.BROKEN;
        if (type > 127) {
            remarks.count(
                    "meta event of an unknown type is left out",
                    "meta events of unknown types are left out");
            return null;
        }
        boolean isEnd = type == Messages.END_OF_TRACK;
        add(tick, isEnd ? Messages.meta(type) : Messages.meta(type, data));
        return isEnd ? End.MARKED : null;
    }

    private @Nullable End system(int kind) {
        if (kind == 0xf0 || kind == 0xf7) {
            if (data() == null) return End.BROKEN;
            remarks.count(
                    "system exclusive message is left out",
                    "system exclusive messages are left out");
        } else {
            int length = kind == 0xf2 ? 2 : kind == 0xf1 || kind == 0xf3 ? 1 : 0;
            for (int i = 0; i < length; i++) unsigned();
            remarks.count(
                    "system message, which does not belong in a file, is left out",
                    "system messages, which do not belong in a file, are left out");
        }
        return null;
    }

    private void add(long tick, MidiMessage message) {
        track.add(new MidiEvent(message, tick));
    }

    /// Bytes that follow their number; null where there are not so many.
    private byte @Nullable [] data() {
        int length = variableLength();
        if (length < 0 || length > bytes.remaining()) return null;
        var data = new byte[length];
        bytes.get(data);
        return data;
    }

    /// A number of seven bits a byte, in at most four bytes; -1 where it goes on.
    private int variableLength() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int next = unsigned();
            value = (value << 7) | (next & 0x7f);
            if (next < 0x80) return value;
        }
        return -1;
    }

    private int unsigned() {
        return Byte.toUnsignedInt(bytes.get());
    }
}
