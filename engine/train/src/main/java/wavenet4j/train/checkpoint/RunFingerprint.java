package wavenet4j.train.checkpoint;

import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// What a run is of, in checksums: it goes on with nothing else. Each part tells by itself, so that
/// whoever has moved the recordings learns what became of them.
///
/// @param files the recordings' names, and which are held out
/// @param sound their levels
/// @param labels of each
/// @param network its shape, which has the labels' names and the sample rate in it
public record RunFingerprint(String files, String sound, String labels, String network) {
    /// What a part is of, in the order in which one that differs makes the later ones differ too.
    private static final List<String> PARTS =
            List.of("files", "sounds", "labels", "network settings");

    public static RunFingerprint of(Dataset data) {
        var files = new CRC32();
        var sound = new CRC32();
        var labels = new CRC32();
        for (List<EncodedRecording> half : List.of(data.training(), data.heldOut())) {
            for (EncodedRecording recording : half) {
                update(files, recording.name());
                update(labels, new TreeSet<>(recording.labels()).toString());
                for (char level : recording.levels()) {
                    sound.update(level); // the low byte
                    if (data.spec().levels() > 256) sound.update(level >>> 8);
                }
            }
            update(files, "");
        }
        var network = new CRC32();
        update(network, data.spec().toString());
        return new RunFingerprint(hex(files), hex(sound), hex(labels), hex(network));
    }

    /// @throws IllegalArgumentException when it is no text that [#text] has made
    static RunFingerprint parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != PARTS.size()) {
            throw new IllegalArgumentException("\"" + text + "\" is no fingerprint");
        }
        return new RunFingerprint(parts[0], parts[1], parts[2], parts[3]);
    }

    String text() {
        return String.join("-", parts());
    }

    /// What is other than there: of all that is, the part that explains the rest.
    String differenceTo(RunFingerprint there) {
        for (int i = 0; i < PARTS.size(); i++) {
            if (!parts().get(i).equals(there.parts().get(i))) return PARTS.get(i);
        }
        throw new IllegalArgumentException("both are " + text());
    }

    private List<String> parts() {
        return List.of(files, sound, labels, network);
    }

    private static void update(CRC32 crc, String text) {
        crc.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(CRC32 crc) {
        return "%08x".formatted(crc.getValue());
    }
}
