package wavenet4j.notes.musicxml;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;

/// The two schemas that MusicXML's own imports, as far as it needs them, without asking a host.
final class LocalSchemas implements LSResourceResolver {
    private static final String XLINK =
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
                targetNamespace="http://www.w3.org/1999/xlink">
              <xs:attribute name="href" type="xs:anyURI"/>
              <xs:attribute name="type" type="xs:string"/>
              <xs:attribute name="role" type="xs:string"/>
              <xs:attribute name="title" type="xs:string"/>
              <xs:attribute name="show" type="xs:string"/>
              <xs:attribute name="actuate" type="xs:string"/>
            </xs:schema>
            """;

    private static final String XML =
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
                targetNamespace="http://www.w3.org/XML/1998/namespace">
              <xs:attribute name="lang" type="xs:language"/>
              <xs:attribute name="space" type="xs:string"/>
            </xs:schema>
            """;

    @Override
    public LSInput resolveResource(
            @Nullable String type,
            @Nullable String namespace,
            @Nullable String publicId,
            @Nullable String systemId,
            @Nullable String base) {
        try {
            var implementation =
                    (DOMImplementationLS)
                            DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
            LSInput input = implementation.createLSInput();
            boolean xlink = String.valueOf(namespace).endsWith("xlink");
            input.setStringData(xlink ? XLINK : XML);
            return input;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
