package wavenet4j.notes.musicxml.internal.document;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import jakarta.xml.bind.ValidationEvent;

import org.audiveris.proxymusic.Identification;
import org.audiveris.proxymusic.PartList;
import org.audiveris.proxymusic.ScorePart;
import org.audiveris.proxymusic.ScorePartwise;
import org.audiveris.proxymusic.ScoreTimewise;
import org.audiveris.proxymusic.TypedText;
import org.audiveris.proxymusic.Work;
import org.jspecify.annotations.Nullable;

import wavenet4j.notes.Score;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A MusicXML document by parts, also where it is written by measures.
///
/// @param parts each with as many measures as the others
public record Document(Score.Credits credits, List<Staves> parts) {
    /// Of all parts together.
    private static final int MOST_MEASURES = 200_000;

    /// The bound classes, which take long to look through. It can be shared by threads.
    private static final JAXBContext CONTEXT = context();

    /// A part.
    ///
    /// @param listed what the list of parts says of it
    public record Staves(Optional<ScorePart> listed, List<Measure> measures) {}

    /// A measure of a part.
    ///
    /// @param content notes and other elements, as bound by the library
    public record Measure(List<Object> content) {
        static final Measure EMPTY = new Measure(List.of());
    }

    /// A document that is none.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final String problem;

        Unreadable(String problem, @Nullable Throwable cause) {
            super(problem, cause);
            this.problem = problem;
        }

        /// What is wrong, and the remedy.
        public String problem() {
            return problem;
        }
    }

    /// The document in a file, whether or not it is compressed.
    ///
    /// @throws Unreadable when there is none
    public static Document of(byte[] file, Remarks remarks) throws Unreadable {
        byte[] xml = Container.document(file, remarks);
        try {
            XMLStreamReader reader = BoundedXml.of(xml);
            while (!reader.isStartElement()) reader.next();
            Unmarshaller unmarshaller = CONTEXT.createUnmarshaller();
            unmarshaller.setEventHandler(event -> {
                boolean lost = event.getSeverity() != ValidationEvent.WARNING;
                if (lost) remarks.happened("element", "not as MusicXML has it, and left out");
                return true;
            });
            return switch (reader.getLocalName()) {
                case "score-partwise" ->
                        partwise(unmarshaller.unmarshal(reader, ScorePartwise.class).getValue());
                case "score-timewise" ->
                        timewise(unmarshaller.unmarshal(reader, ScoreTimewise.class).getValue());
                case "opus" ->
                        throw new Unreadable(
                                "is a list of scores, an opus; read those it names", null);
                default ->
                        throw new Unreadable(
                                "is XML of another kind, whose root is <%s>; save the score as"
                                                .formatted(reader.getLocalName())
                                        + " MusicXML",
                                null);
            };
        } catch (XMLStreamException | JAXBException e) {
            throw new Unreadable("is no sound XML (%s); save it again".formatted(why(e)), e);
        }
    }

    private static Document partwise(ScorePartwise score) throws Unreadable {
        List<ScorePart> listed = listed(score.getPartList());
        var parts = new ArrayList<Staves>();
        for (ScorePartwise.Part part : score.getPart()) {
            List<Measure> measures =
                    part.getMeasure().stream()
                            .map(measure -> new Measure(measure.getNoteOrBackupOrForward()))
                            .toList();
            parts.add(
                    new Staves(
                            listing(part.getId(), listed, parts.size(), score.getPart().size()),
                            measures));
        }
        return of(
                credits(score.getWork(), score.getMovementTitle(), score.getIdentification()),
                parts);
    }

    private static Document timewise(ScoreTimewise score) throws Unreadable {
        List<ScorePart> listed = listed(score.getPartList());
        int count = score.getMeasure().stream().mapToInt(m -> m.getPart().size()).max().orElse(0);
        requireBounded(count, score.getMeasure().size());
        var parts = new ArrayList<Staves>();
        for (int p = 0; p < count; p++) {
            Optional<ScorePart> part =
                    p < listed.size() ? Optional.of(listed.get(p)) : Optional.empty();
            var measures = new ArrayList<Measure>();
            for (ScoreTimewise.Measure measure : score.getMeasure()) {
                measures.add(
                        of(measure.getPart(), part, p)
                                .map(found -> new Measure(found.getNoteOrBackupOrForward()))
                                .orElse(Measure.EMPTY));
            }
            parts.add(new Staves(part, measures));
        }
        return of(
                credits(score.getWork(), score.getMovementTitle(), score.getIdentification()),
                parts);
    }

    /// Of a measure's parts, the one with that place in the list of parts; by order where parts are
    /// not named.
    private static Optional<ScoreTimewise.Measure.Part> of(
            List<ScoreTimewise.Measure.Part> parts, Optional<ScorePart> listed, int place) {
        Optional<ScoreTimewise.Measure.Part> named =
                parts.stream()
                        .filter(part ->
                                part.getId() instanceof ScorePart is
                                        && listed.equals(Optional.of(is)))
                        .findFirst();
        if (named.isPresent() || place >= parts.size()) return named;
        return Optional.of(parts.get(place)).filter(part -> !(part.getId() instanceof ScorePart));
    }

    private static Document of(Score.Credits credits, List<Staves> parts) throws Unreadable {
        int measures = parts.stream().mapToInt(part -> part.measures.size()).max().orElse(0);
        if (measures == 0) {
            throw new Unreadable("has no measures; save it again, or leave it out", null);
        }
        requireBounded(parts.size(), measures);
        var padded = new ArrayList<Staves>();
        for (Staves part : parts) {
            var all = new ArrayList<>(part.measures);
            while (all.size() < measures) all.add(Measure.EMPTY);
            padded.add(new Staves(part.listed, all));
        }
        return new Document(credits, padded);
    }

    /// Before parts are given as many measures as the longest has.
    private static void requireBounded(int parts, int measures) throws Unreadable {
        if ((long) parts * measures > MOST_MEASURES) {
            throw new Unreadable(
                    "has %,d parts of %,d measures, more than %,d together; leave it out"
                            .formatted(parts, measures, MOST_MEASURES),
                    null);
        }
    }

    private static List<ScorePart> listed(@Nullable PartList list) {
        return list == null
                ? List.of()
                : list.getPartGroupOrScorePart().stream()
                        .filter(ScorePart.class::isInstance)
                        .map(ScorePart.class::cast)
                        .toList();
    }

    /// What a part's id names; where it names none, the part of the same place in a list of as
    /// many.
    private static Optional<ScorePart> listing(
            @Nullable Object id, List<ScorePart> listed, int place, int parts) {
        if (id instanceof ScorePart named) return Optional.of(named);
        return listed.size() == parts ? Optional.of(listed.get(place)) : Optional.empty();
    }

    private static Score.Credits credits(
            @Nullable Work work, @Nullable String movement, @Nullable Identification maker) {
        String title =
                Stream.of(
                                Optional.ofNullable(work).map(Work::getWorkTitle),
                                Optional.ofNullable(movement))
                        .flatMap(Optional::stream)
                        .filter(Predicate.not(String::isBlank))
                        .findFirst()
                        .orElse("");
        if (maker == null) return new Score.Credits(title, "", "");
        return new Score.Credits(
                title,
                text(maker.getCreator().stream().filter(who -> "composer".equals(who.getType()))),
                text(maker.getRights().stream()));
    }

    private static String text(Stream<TypedText> texts) {
        return texts.map(TypedText::getValue)
                .filter(text -> text != null && !text.isBlank())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /// The innermost message, on one line.
    private static String why(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        String message = String.valueOf(cause.getMessage());
        return message.replaceAll("\\s+", " ").replaceFirst("^ParseError at .*Message: ", "");
    }

    private static JAXBContext context() {
        try {
            return JAXBContext.newInstance(ScorePartwise.class, ScoreTimewise.class);
        } catch (JAXBException e) {
            throw new IllegalStateException("JAXB cannot bind MusicXML", e);
        }
    }
}
