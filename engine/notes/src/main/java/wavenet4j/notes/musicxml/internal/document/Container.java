package wavenet4j.notes.musicxml.internal.document;

import wavenet4j.notes.internal.Remarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The document in a file: of a compressed one, what its container names.
final class Container {
    private static final String INDEX = "META-INF/container.xml";
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_ENTRIES = 1_000;

    private Container() {}

    /// The bytes of a MusicXML document, whether or not the file is compressed.
    static byte[] document(byte[] file, Remarks remarks) throws Document.Unreadable {
        if (file.length == 0) {
            throw new Document.Unreadable("is empty (0 bytes); copy or save it again", null);
        }
        boolean zip = file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3;
        if (!zip) return file;
        Map<String, byte[]> entries = entries(file);
        String name = rootFile(entries, remarks);
        byte[] document = entries.get(name);
        if (document == null) {
            throw new Document.Unreadable(
                    "names %s as its score, which is not in it; save it again".formatted(name),
                    null);
        }
        return document;
    }

    /// Of XML alone; pictures and sounds are passed over.
    private static Map<String, byte[]> entries(byte[] file) throws Document.Unreadable {
        var entries = new LinkedHashMap<String, byte[]>();
        int left = MOST_BYTES;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            int count = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++count > MOST_ENTRIES) {
                    throw new Document.Unreadable(
                            "holds more than %,d files; save the score alone"
                                    .formatted(MOST_ENTRIES),
                            null);
                }
                byte[] bytes = bytes(zip, left);
                left -= bytes.length;
                boolean xml = entry.getName().matches("(?i).*\\.(xml|musicxml)");
                if (xml && !entry.isDirectory()) entries.putIfAbsent(entry.getName(), bytes);
            }
        } catch (IOException | IllegalArgumentException e) { // the latter of a name's encoding
            throw new Document.Unreadable(
                    "is a damaged compressed file (%s); copy or save it again"
                            .formatted(e.getMessage() == null ? "it is cut off" : e.getMessage()),
                    e);
        }
        return entries;
    }

    private static byte[] bytes(InputStream zip, int most) throws IOException, Document.Unreadable {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            if (read > most - bytes.size()) {
                throw new Document.Unreadable(
                        "expands to more than %,d bytes; save the score alone"
                                .formatted(MOST_BYTES),
                        null);
            }
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }

    /// The first file that the index names; the first other one where there is no sound index.
    private static String rootFile(Map<String, byte[]> entries, Remarks remarks)
            throws Document.Unreadable {
        byte[] index = entries.get(INDEX);
        if (index != null) {
            try {
                XMLStreamReader reader = BoundedXml.of(index);
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamReader.START_ELEMENT
                            && reader.getLocalName().equals("rootfile")) {
                        String path = reader.getAttributeValue(null, "full-path");
                        if (path != null) return path;
                    }
                }
            } catch (XMLStreamException _) {
                remarks.happened("index of the file", "no sound XML, and passed over");
            }
        }
        return entries.keySet().stream()
                .filter(name -> !name.startsWith("META-INF/"))
                .findFirst()
                .orElseThrow(() ->
                        new Document.Unreadable(
                                "is a compressed file without a score; save the score again",
                                null));
    }
}
