package wavenet4j.train.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.audio.out.WavWriter;
import wavenet4j.audio.picture.Pictures;
import wavenet4j.train.event.TrainingEvent.Evaluated;
import wavenet4j.train.event.TrainingEvent.PreviewTake;
import wavenet4j.train.event.TrainingEvent.Previewed;
import wavenet4j.train.event.TrainingEvent.Progress;
import wavenet4j.train.event.TrainingEvent.RolledBack;
import wavenet4j.train.event.TrainingEvent.Saved;
import wavenet4j.train.run.PreviewFiles;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

/// What is written is read by a reader of its own: the framing and the checksums by the definition
/// of TensorFlow's records, the fields by the numbers of TensorBoard's event.proto and
/// summary.proto.
final class TensorBoardTest {
    @TempDir Path run;
    private TensorBoard board;

    @BeforeEach
    void begin() {
        board = new TensorBoard(run);
    }

    /// CRC-32C bit by bit: polynomial 0x1EDC6F41, reflected.
    private static int crc32c(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 1 ? 0x82f63b78 : 0);
            }
        }
        return ~crc;
    }

    private static int masked(int crc) {
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static byte[] bytes(ByteBuffer from, int count) {
        var bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    private static List<UnknownFieldSet> records(Path file) throws IOException {
        var records = new ArrayList<UnknownFieldSet>();
        var rest = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            byte[] length = bytes(rest, 8);
            assertThat(rest.getInt()).isEqualTo(masked(crc32c(length)));
            long count = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
            byte[] data = bytes(rest, Math.toIntExact(count));
            assertThat(rest.getInt()).isEqualTo(masked(crc32c(data)));
            records.add(UnknownFieldSet.parseFrom(data));
        }
        return records;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(run)) {
            return files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .toList();
        }
    }

    private static long step(UnknownFieldSet event) {
        return event.getField(2).getVarintList().isEmpty()
                ? 0
                : event.getField(2).getVarintList().getFirst();
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().getFirst();
    }

    /// The values of a summary by their tags.
    private static Map<String, UnknownFieldSet> values(UnknownFieldSet event) throws IOException {
        var values = new LinkedHashMap<String, UnknownFieldSet>();
        for (ByteString value :
                UnknownFieldSet.parseFrom(bytes(event, 5)).getField(1).getLengthDelimitedList()) {
            var fields = UnknownFieldSet.parseFrom(value);
            values.put(bytes(fields, 1).toString(StandardCharsets.UTF_8), fields);
        }
        return values;
    }

    private static UnknownFieldSet value(UnknownFieldSet event, String tag) throws IOException {
        return requireNonNull(values(event).get(tag));
    }

    private static float scalar(UnknownFieldSet value) {
        return Float.intBitsToFloat(value.getField(2).getFixed32List().getFirst());
    }

    private static boolean isStart(UnknownFieldSet event) throws IOException {
        return event.hasField(7)
                && UnknownFieldSet.parseFrom(bytes(event, 7))
                        .getField(1)
                        .getVarintList()
                        .equals(List.of(1L));
    }

    @Test
    void theReaderKnowsTheChecksum() {
        // The check value of CRC-32C in the catalogues.
        assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    }

    @Test
    void aFileBeginsWithItsVersionAndTheSitting() throws IOException {
        double before = System.currentTimeMillis() * 1e-3;
        board.onEvent(new Evaluated(20, 1.5, 3.25, true));
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst().getFileName().toString())
                .matches("events\\.out\\.tfevents\\.\\d{10}\\..+");
        var records = records(files().getFirst());
        assertThat(records).hasSize(3);
        assertThat(bytes(records.getFirst(), 3).toString(StandardCharsets.UTF_8))
                .isEqualTo("brain.Event:2");
        assertThat(isStart(records.get(1))).isTrue();
        assertThat(step(records.get(1))).isEqualTo(1);
        for (var record : records) {
            double time = Double.longBitsToDouble(record.getField(1).getFixed64List().getFirst());
            assertThat(time).isBetween(before, before + 60);
        }
    }

    @Test
    void curvesArePointsByTag() throws IOException {
        board.onEvent(new Progress(10, 5.5, 0.002, 0.75, 16_000, 0.1, 60));
        board.onEvent(new Saved(10));
        board.onEvent(new Evaluated(1L << 40, 1.5, 3.25, true));
        var records = records(files().getFirst());
        assertThat(records).hasSize(4);
        assertThat(step(records.get(2))).isEqualTo(10);
        var progress = new LinkedHashMap<String, Float>();
        values(records.get(2)).forEach((tag, value) -> progress.put(tag, scalar(value)));
        assertThat(progress)
                .containsExactly(
                        Map.entry("bits_per_sample/training", 5.5f),
                        Map.entry("optimizer/learning_rate", 0.002f),
                        Map.entry("optimizer/gradient_norm", 0.75f),
                        Map.entry("speed/samples_per_second", 16_000f));
        assertThat(step(records.get(3))).isEqualTo(1L << 40);
        assertThat(scalar(value(records.get(3), "bits_per_sample/held_out"))).isEqualTo(3.25f);
    }

    private String save(String name, int samples) throws IOException {
        Path wav = Files.createDirectories(run.resolve("previews")).resolve(name + ".wav");
        var clip = new Clip(new float[samples], 8000);
        clip.samples()[7] = 0.5f;
        WavWriter.save(clip, wav);
        Pictures.save(
                Pictures.waveform(
                        clip, "", PreviewFiles.PICTURE_WIDTH, PreviewFiles.PICTURE_HEIGHT),
                PreviewFiles.pictureOf(wav));
        return "previews/" + name + ".wav";
    }

    @Test
    void takesAreSoundAndPicture() throws IOException {
        save("real", 4000);
        var take = new PreviewTake(0.9, save("step-000000500-t0.90", 3000), -20, 0, 0.1, List.of());
        board.onEvent(new Previewed(500, List.of(), 3, false, List.of(take)));
        board.onEvent(new Previewed(1000, List.of(), 3, false, List.of(take)));
        var records = records(files().getFirst());
        assertThat(values(records.get(2)))
                .containsOnlyKeys(
                        "take/temperature_0.90",
                        "spectrogram/temperature_0.90",
                        "take/real",
                        "spectrogram/real");
        assertThat(values(records.get(3)))
                .containsOnlyKeys("take/temperature_0.90", "spectrogram/temperature_0.90");

        var audio =
                UnknownFieldSet.parseFrom(bytes(value(records.get(2), "take/temperature_0.90"), 6));
        assertThat(Float.intBitsToFloat(audio.getField(1).getFixed32List().getFirst()))
                .isEqualTo(8000);
        assertThat(audio.getField(2).getVarintList()).containsExactly(1L);
        assertThat(audio.getField(3).getVarintList()).containsExactly(3000L);
        Path saved = Files.write(run.resolve("saved.wav"), bytes(audio, 4).toByteArray());
        assertThat(AudioReader.read(saved).samples()).hasSize(3000).contains(0.5f);
        assertThat(bytes(audio, 5).toString(StandardCharsets.UTF_8)).isEqualTo("audio/wav");

        var image = UnknownFieldSet.parseFrom(bytes(value(records.get(2), "spectrogram/real"), 4));
        var picture = ImageIO.read(new ByteArrayInputStream(bytes(image, 4).toByteArray()));
        assertThat(image.getField(1).getVarintList()).containsExactly((long) picture.getHeight());
        assertThat(image.getField(2).getVarintList()).containsExactly((long) picture.getWidth());
        assertThat(image.getField(3).getVarintList()).containsExactly(3L);
    }

    /// Readers drop the events of earlier files from the first step of a later file on.
    @Test
    void aResumedTrainingHasAFileOfItsOwn() throws IOException {
        board.onEvent(new Evaluated(20, 1, 3, true));
        for (int start = 1; start <= 2; start++) {
            var next = new TensorBoard(run);
            next.onStart(20, "float32", List.of());
            assertThat(files()).hasSize(start);
            next.onEvent(new Evaluated(40, 1, 3, true));
            assertThat(files()).hasSize(start + 1);
            var records = records(files().getLast());
            assertThat(records).hasSize(3);
            assertThat(isStart(records.get(1))).isTrue();
            assertThat(step(records.get(1))).isEqualTo(21);
        }
    }

    @Test
    void aRollbackUndoesWhatCameAfterIt() throws IOException {
        board.onEvent(new Evaluated(20, 1, 3, true));
        board.onEvent(new RolledBack(35, 20, 0.5, "made up"));
        var records = records(files().getFirst());
        assertThat(isStart(records.getLast())).isTrue();
        assertThat(step(records.getLast())).isEqualTo(21);
    }

    @Test
    void anEventThatIsNotShownCreatesNoFile() throws IOException {
        board.onEvent(new Saved(10));
        assertThat(files()).isEmpty();
    }
}
