package wavenet4j.notes.musicxml.internal.document;

import java.util.HashSet;
import java.util.Set;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/// Reads XML within limits: no external entities, no document type, and nothing so large or so deep
/// that it would cost more than a score does. What only a printed page needs is passed over.
final class BoundedXml extends StreamReaderDelegate {
    private static final Set<String> OF_THE_PAGE =
            Set.of("defaults", "credit", "print", "miscellaneous", "beam", "stem", "notehead");

    private static final int MOST_ELEMENTS = 2_000_000;
    private static final int MOST_NOTES = 250_000;
    private static final int MOST_LYRICS = 250_000;

    /// MusicXML has about 400; each is kept for good by the parser.
    private static final int MOST_NAMES = 1_000;

    private static final int DEEPEST = 40;
    private static final int MOST_ATTRIBUTES = 100;

    /// In one element, or one attribute.
    private static final int MOST_CHARACTERS = 10_000;

    private int elements;
    private int notes;
    private int lyrics;
    private final Set<String> names = new HashSet<>();
    private int depth;
    private int characters;

    private BoundedXml(XMLStreamReader reader) {
        super(reader);
    }

    static XMLStreamReader of(byte[] document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("it refers to another file");
        });
        return new BoundedXml(factory.createXMLStreamReader(TextEncoding.reader(document)));
    }

    @Override
    public int next() throws XMLStreamException {
        int event = step();
        while (event == START_ELEMENT && OF_THE_PAGE.contains(getLocalName())) {
            int outside = depth - 1;
            while (depth > outside) step();
            event = step();
        }
        return event;
    }

    private int step() throws XMLStreamException {
        int event = super.next();
        switch (event) {
            case START_ELEMENT -> {
                characters = 0;
                require("elements", ++elements, MOST_ELEMENTS);
                require("levels of nesting", ++depth, DEEPEST);
                if (getLocalName().equals("note")) require("notes", ++notes, MOST_NOTES);
                if (getLocalName().equals("lyric")) require("lyrics", ++lyrics, MOST_LYRICS);
                if (names.add(getLocalName())) {
                    require("names of elements", names.size(), MOST_NAMES);
                }
                require("attributes of one element", getAttributeCount(), MOST_ATTRIBUTES);
                for (int i = 0; i < getAttributeCount(); i++) {
                    require(
                            "characters in one attribute",
                            getAttributeValue(i).length(),
                            MOST_CHARACTERS);
                }
            }
            case END_ELEMENT -> {
                characters = 0;
                depth--;
            }
            case CHARACTERS, CDATA, SPACE -> {
                characters += getTextLength();
                require("characters in one element", characters, MOST_CHARACTERS);
            }
            default -> {}
        }
        return event;
    }

    private static void require(String what, int count, int most) throws XMLStreamException {
        if (count > most) {
            throw new XMLStreamException("it has more than %,d %s".formatted(most, what));
        }
    }
}
