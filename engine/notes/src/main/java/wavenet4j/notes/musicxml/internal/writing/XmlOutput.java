package wavenet4j.notes.musicxml.internal.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;

import org.audiveris.proxymusic.ScorePartwise;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.XMLFilterImpl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;

/// Bytes of a MusicXML file; those of one document are always the same.
final class XmlOutput {
    private static final String DOCUMENT = "score.musicxml";

    private static final String INDEX =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <container>
              <rootfiles>
                <rootfile full-path="%s" media-type="application/vnd.recordare.musicxml+xml"/>
              </rootfiles>
            </container>
            """
                    .formatted(DOCUMENT);

    private static final LocalDateTime UNDATED = LocalDateTime.of(1980, 1, 1, 0, 0);

    /// It can be shared by threads.
    private static final JAXBContext CONTEXT = context();

    private XmlOutput() {}

    static byte[] bytes(ScorePartwise score) {
        var bytes = new ByteArrayOutputStream();
        try {
            var factory = (SAXTransformerFactory) TransformerFactory.newDefaultInstance();
            TransformerHandler output = factory.newTransformerHandler();
            Transformer settings = output.getTransformer();
            settings.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            settings.setOutputProperty(OutputKeys.INDENT, "yes");
            settings.setOutputProperty(
                    OutputKeys.DOCTYPE_PUBLIC, "-//Recordare//DTD MusicXML 4.0 Partwise//EN");
            settings.setOutputProperty(
                    OutputKeys.DOCTYPE_SYSTEM, "http://www.musicxml.org/dtds/partwise.dtd");
            output.setResult(new StreamResult(bytes));
            var filter = new WithoutNamespaces();
            filter.setContentHandler(output);
            CONTEXT.createMarshaller().marshal(score, filter);
        } catch (TransformerConfigurationException | JAXBException e) {
            throw new IllegalStateException("a score cannot be put in MusicXML", e);
        }
        return bytes.toByteArray();
    }

    /// A compressed file of a document.
    static byte[] compressed(byte[] xml) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, UTF_8)) {
            add(zip, "META-INF/container.xml", INDEX.getBytes(UTF_8));
            add(zip, DOCUMENT, xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(UNDATED);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static JAXBContext context() {
        try {
            return JAXBContext.newInstance(ScorePartwise.class);
        } catch (JAXBException e) {
            throw new IllegalStateException("JAXB cannot bind MusicXML", e);
        }
    }

    /// Leaves out the declarations of namespaces, of which no element written here makes use.
    private static final class WithoutNamespaces extends XMLFilterImpl {
        @Override
        public void startPrefixMapping(String prefix, String uri) throws SAXException {}

        @Override
        public void endPrefixMapping(String prefix) throws SAXException {}
    }
}
