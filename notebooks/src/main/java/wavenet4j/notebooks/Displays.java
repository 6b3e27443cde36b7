package wavenet4j.notebooks;

import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.MimeType;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

import wavenet4j.audio.Clip;
import wavenet4j.audio.out.WavWriter;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Shows in a notebook what is the value of a cell or handed to `display`: a [Clip] as a player,
/// charts and images as PNG.
public final class Displays implements DisplayProvider {
    /// The kernel makes one.
    public Displays() {}

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        return List.of(
                new Renderer<>(Clip.class, Displays::player),
                new Renderer<>(
                        Chart.class,
                        chart -> picture(BitmapEncoder.getBufferedImage((Chart<?, ?>) chart))),
                // The kernel's own leaves away the last bytes of most pictures.
                new Renderer<>(RenderedImage.class, Displays::picture));
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private record Renderer<T>(Class<T> type, Function<T, DisplayData> show)
            implements DisplayRenderer {
        @Override
        public Class<?> rendererClass() {
            return type;
        }

        @Override
        public boolean canRender(@Nullable String mime) {
            return mime == null; // whoever asks for a certain kind gets the kernel's
        }

        @Override
        public DisplayData render(@Nullable String mime, Object shown) {
            return show.apply(type.cast(shown));
        }
    }

    /// The sound as 16-bit WAV within the page, so that it is there wherever the notebook is.
    private static DisplayData player(Clip clip) {
        String html =
                "<audio controls preload=\"metadata\" src=\"data:audio/wav;base64,%s\"></audio>"
                        .formatted(base64(wav(clip)));
        DisplayData shown = DisplayData.fromHtml(html);
        shown.putText(
                String.format(
                        Locale.ROOT,
                        "%.2f s of sound at %d Hz",
                        clip.seconds(),
                        clip.sampleRate()));
        return shown;
    }

    private static byte[] wav(Clip clip) {
        try {
            Path file = Files.createTempFile("clip", ".wav"); // a file's header knows the length
            try {
                try (var writer = WavWriter.to(file, clip.sampleRate())) {
                    writer.write(clip.samples(), 0, clip.samples().length);
                }
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the clip cannot be written as WAV", e);
        }
    }

    private static DisplayData picture(RenderedImage image) {
        var png = new ByteArrayOutputStream();
        try (var inMemory = new MemoryCacheImageOutputStream(png)) { // else in the temporary folder
            ImageIO.write(image, "png", inMemory);
        } catch (IOException e) {
            throw new UncheckedIOException("the picture cannot be written as PNG", e);
        }
        DisplayData shown =
                DisplayData.withType(MimeType.PNG.longType(), base64(png.toByteArray()));
        shown.putText("a picture of %d x %d".formatted(image.getWidth(), image.getHeight()));
        return shown;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
