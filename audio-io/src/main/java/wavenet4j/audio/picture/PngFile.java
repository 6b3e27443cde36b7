package wavenet4j.audio.picture;

import wavenet4j.audio.Provenance;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// An image as a PNG file that says what made it, in texts of UTF-8 (iTXt chunks).
final class PngFile {
    /// The metadata of the JDK's writer.
    private static final String METADATA = "javax_imageio_png_1.0";

    private PngFile() {}

    /// Encodes in memory: the JDK's writer names no reason where it fails, and would buffer in the
    /// temporary folder.
    static byte[] encode(BufferedImage picture, Provenance provenance) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
        if (!writers.hasNext()) {
            throw new IOException("this Java has no PNG writer; use a full JRE");
        }
        ImageWriter writer = writers.next();
        var png = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(png)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(
                            ImageTypeSpecifier.createFromRenderedImage(picture), null);
            metadata.mergeTree(METADATA, texts(provenance));
            writer.setOutput(stream);
            writer.write(new IIOImage(picture, null, metadata));
        } finally {
            writer.dispose();
        }
        return png.toByteArray();
    }

    private static IIOMetadataNode texts(Provenance provenance) {
        var texts = new IIOMetadataNode("iTXt");
        add(texts, "Software", provenance.software());
        add(texts, "Description", provenance.description());
        var root = new IIOMetadataNode(METADATA);
        if (texts.hasChildNodes()) root.appendChild(texts);
        return root;
    }

    private static void add(IIOMetadataNode texts, String keyword, String text) {
        if (text.isEmpty()) return;
        var entry = new IIOMetadataNode("iTXtEntry");
        entry.setAttribute("keyword", keyword);
        entry.setAttribute("compressionFlag", "FALSE");
        entry.setAttribute("compressionMethod", "0");
        entry.setAttribute("languageTag", "");
        entry.setAttribute("translatedKeyword", "");
        entry.setAttribute("text", text);
        texts.appendChild(entry);
    }
}
