package wavenet4j.notes.midi;

import wavenet4j.notes.internal.Remarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Pairs note-ons with note-offs. A key sounds once on a channel of a track: struck again, its note
/// ends there. As many note-offs then follow as there were note-ons, and the last one counts, so
/// that of two voices in unison neither cuts the other short.
final class NoteReader {
    /// A channel of a port, from 0 both.
    record Channel(int port, int number) {}

    /// A key of a channel, as a track plays it.
    record Place(int track, Channel channel, int key) {}

    /// A note as it is in the file.
    ///
    /// @param onset in ticks
    /// @param end in ticks
    record RawNote(long onset, long end, int key, int velocity) {}

    /// A note that has not ended.
    private static final class Sounding {
        private final Consumer<RawNote> part;
        private final long onset;
        private final int key;
        private final int velocity;
        private int missingEnds;
        private long end = -1;

        Sounding(Consumer<RawNote> part, long onset, int key, int velocity, int missingEnds) {
            this.part = part;
            this.onset = onset;
            this.key = key;
            this.velocity = velocity;
            this.missingEnds = missingEnds;
        }

        boolean hasEnd() {
            return end >= 0;
        }
    }

    private final Map<Channel, Map<Place, Sounding>> sounding = new LinkedHashMap<>();
    private final Remarks remarks;

    NoteReader(Remarks remarks) {
        this.remarks = remarks;
    }

    /// Takes a note-on.
    ///
    /// @param part takes the note once it has ended
    void on(Place place, long tick, int velocity, Consumer<RawNote> part) {
        Map<Place, Sounding> ofChannel = ofChannel(place);
        Sounding before = ofChannel.get(place);
        int missing = 1;
        if (before != null) {
            missing += before.missingEnds;
            struckAgain(before, tick);
        }
        ofChannel.put(place, new Sounding(part, tick, place.key, velocity, missing));
    }

    private void struckAgain(Sounding note, long tick) {
        if (note.hasEnd()) {
            finish(note, note.end);
        } else if (note.onset == tick) {
            remarks.count(
                    "note is struck twice at once; it is read as one",
                    "notes are struck twice at once; each is read as one");
        } else {
            remarks.count(
                    "note is struck again while it sounds; it ends there",
                    "notes are struck again while they sound; each ends there");
            finish(note, tick);
        }
    }

    /// Takes a note-off.
    void off(Place place, long tick) {
        Map<Place, Sounding> ofChannel = ofChannel(place);
        Sounding note = ofChannel.get(place);
        if (note == null) {
            remarks.count("note-off has no note", "note-offs have no note");
            return;
        }
        note.end = tick;
        note.missingEnds--;
        if (note.missingEnds == 0) {
            finish(note, tick);
            ofChannel.remove(place);
        }
    }

    /// Ends all notes of a channel, whichever tracks play them.
    void allOff(Channel channel, long tick) {
        Map<Place, Sounding> ended = sounding.remove(channel);
        if (ended != null) ended.values().forEach(note -> finish(note, tick));
    }

    /// Ends the notes that still sound.
    ///
    /// @param trackEnds of all tracks, in ticks
    void finish(List<Long> trackEnds) {
        sounding.values()
                .forEach(ofChannel ->
                        ofChannel.forEach((place, note) -> {
                            if (note.hasEnd()) {
                                remarks.count(
                                        note.missingEnds,
                                        "note-off is missing",
                                        "note-offs are missing");
                                finish(note, note.end);
                            } else {
                                remarks.count(
                                        "note is never ended; it ends with its track",
                                        "notes are never ended; they end with their tracks");
                                finish(note, trackEnds.get(place.track));
                            }
                        }));
    }

    private Map<Place, Sounding> ofChannel(Place place) {
        return sounding.computeIfAbsent(place.channel, _ -> new LinkedHashMap<>());
    }

    private void finish(Sounding note, long end) {
        if (end == note.onset) {
            remarks.count("note of no length is left out", "notes of no length are left out");
        } else {
            note.part.accept(new RawNote(note.onset, end, note.key, note.velocity));
        }
    }
}
