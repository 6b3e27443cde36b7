package wavenet4j.train.checkpoint;

import wavenet4j.ModelSpec;
import wavenet4j.distribution.Distribution.Categorical;
import wavenet4j.distribution.Distribution.LogisticMixture;
import wavenet4j.spec.DilatedConvolutions;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.levels.Checksum;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// Checksums of a run's data and network, which must be the same when the run is resumed. There is
/// one for each part, so that an error can name the part that has changed.
///
/// @param files the names of the recordings, and which are held out
/// @param sound the levels of the recordings, of each as often as parts of it are used
/// @param labels of each recording
/// @param network the specification, with the names of the labels and the sample rate
public record RunFingerprint(String files, String sound, String labels, String network) {
    /// The names of the parts; where one differs, the later ones may differ because of it.
    private static final List<String> PARTS =
            List.of("files", "sounds", "labels", "network settings");

    /// The fingerprint of a data set and its network.
    public static RunFingerprint of(Dataset data) {
        var files = new CRC32();
        var sound = Checksum.NONE;
        var labels = new CRC32();
        for (List<EncodedRecording> half : List.of(data.training(), data.heldOut())) {
            for (EncodedRecording recording : half) {
                update(files, recording.name());
                update(labels, new TreeSet<>(recording.labels()).toString());
                sound = sound.then(recording.levels().checksum());
            }
            update(files, "");
        }
        var network = new CRC32();
        update(network, describe(data.spec()));
        return new RunFingerprint(
                hex(files.getValue()),
                hex(sound.crc()),
                hex(labels.getValue()),
                hex(network.getValue()));
    }

    /// The specification in the words of the first checkpoints, which keep their checksum: no name
    /// here may change with the code.
    private static String describe(ModelSpec spec) {
        DilatedConvolutions trunk = spec.convolutions();
        String distribution =
                switch (spec.distribution()) {
                    case Categorical(int levels) -> "Categorical[levels=%d]".formatted(levels);
                    case LogisticMixture(int mixtures) ->
                            "Logistics[mixtures=%d]".formatted(mixtures);
                };
        return ("ModelSpec[sampleRate=%d, output=%s,"
                        + " channels=Channels[residual=%d, gate=%d, skip=%d, head=%d],"
                        + " kernelSize=%d, dilations=%s, labels=Labels[names=%s, embedding=%d]]")
                .formatted(
                        spec.sampleRate(),
                        distribution,
                        trunk.residual(),
                        trunk.gate(),
                        trunk.skip(),
                        spec.head().hidden(),
                        trunk.kernelSize(),
                        trunk.dilations(),
                        spec.labels().names(),
                        spec.labels().embedding());
    }

    /// @throws IllegalArgumentException when it is not the text of a fingerprint
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

    /// The first part that differs.
    String differenceTo(RunFingerprint other) {
        for (int i = 0; i < PARTS.size(); i++) {
            if (!parts().get(i).equals(other.parts().get(i))) return PARTS.get(i);
        }
        throw new IllegalArgumentException("both are " + text());
    }

    private List<String> parts() {
        return List.of(files, sound, labels, network);
    }

    private static void update(CRC32 crc, String text) {
        crc.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(long crc) {
        return "%08x".formatted(crc);
    }
}
