package wavenet4j.notes.midi;

import wavenet4j.notes.ChordSymbol;
import wavenet4j.notes.Fraction;
import wavenet4j.notes.Part;
import wavenet4j.notes.Part.Lyric;
import wavenet4j.notes.Score;
import wavenet4j.notes.Timeline;
import wavenet4j.notes.harmony.ChordText;
import wavenet4j.notes.internal.Remarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/// Reads a score from the events of a MIDI file.
final class ScoreReader {
    /// An event of any track. At one time, what others depend on comes first: a port, then a
    /// program.
    private record Event(long tick, int track, MidiMessage message) {
        static final Comparator<Event> ORDER =
                Comparator.comparingLong(Event::tick).thenComparingInt(Event::rank);

        private int rank() {
            return switch (message) {
                case MetaMessage meta when meta.getType() == Messages.PORT -> 0;
                case ShortMessage change when change.getCommand() == ShortMessage.PROGRAM_CHANGE ->
                        1;
                default -> 2;
            };
        }
    }

    /// In characters.
    private static final int LONGEST_CHORD = 50;

    private final Clock clock;
    private final Remarks remarks;
    private final PartsReader parts;
    private final TimelineReader timelines;
    private final List<Event> events = new ArrayList<>();
    private final List<Long> trackEnds = new ArrayList<>();
    private final List<TrackTexts> texts = new ArrayList<>();
    private final List<ChordSymbol> chords = new ArrayList<>();
    private String rights = "";

    /// Whether the markers are A, B, C and so on.
    private boolean isLettered = true;

    private ScoreReader(Sequence sequence, Remarks remarks) {
        this.remarks = remarks;
        clock = Clock.of(sequence);
        parts = new PartsReader(clock, remarks);
        timelines = new TimelineReader(clock, remarks);
    }

    static Score read(MidiFrame.Content content, Remarks remarks) {
        var reader = new ScoreReader(content.sequence(), remarks);
        reader.collect(content);
        for (Event event : reader.events) {
            switch (event.message) {
                case ShortMessage message -> reader.parts.message(event.tick, event.track, message);
                case MetaMessage meta -> reader.meta(event, meta);
                default -> throw new IllegalStateException("system exclusive");
            }
        }
        return reader.score();
    }

    /// Brings the events of all tracks in the order of time.
    private void collect(MidiFrame.Content content) {
        long start = 0;
        for (Track track : content.sequence().getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                events.add(
                        new Event(
                                start + track.get(i).getTick(),
                                texts.size(),
                                track.get(i).getMessage()));
            }
            texts.add(new TrackTexts(remarks));
            trackEnds.add(start + track.ticks());
            if (content.patterns()) start += track.ticks();
        }
        events.sort(Event.ORDER);
        if (content.patterns()) remarks.say("its patterns are read as one after the other");
        if (clock.seconds()) {
            remarks.say("its time is in seconds, of which a quarter is read as half of one");
        }
    }

    private void meta(Event event, MetaMessage meta) {
        byte[] data = meta.getData();
        Fraction onset = clock.quarters(event.tick);
        TrackTexts track = texts.get(event.track);
        String line =
                meta.getType() <= Messages.LAST_TEXT ? Messages.line(Messages.text(data)) : "";
        switch (meta.getType()) {
            case Messages.COPYRIGHT -> rights(line);
            case Messages.TRACK_NAME -> track.name(line);
            case Messages.INSTRUMENT_NAME -> track.instrument(line);
            case Messages.LYRIC -> track.lyric(onset, data);
            case Messages.MARKER -> marker(onset, line);
            case Messages.PORT -> parts.port(event.track, data);
            case Messages.TEMPO -> timelines.tempo(onset, data);
            case Messages.METER -> timelines.meter(onset, data);
            case Messages.KEY -> timelines.key(onset, data);
            case Messages.END_OF_TRACK -> {}
            default -> {
                if (meta.getType() <= Messages.LAST_TEXT) {
                    countText();
                } else {
                    remarks.count("other meta event is left out", "other meta events are left out");
                }
            }
        }
    }

    private void rights(String text) {
        if (rights.isEmpty()) rights = text;
        else countText();
    }

    private void marker(Fraction onset, String text) {
        Optional<ChordSymbol> chord =
                text.length() > LONGEST_CHORD ? Optional.empty() : ChordText.read(onset, text);
        if (chord.isPresent()) {
            isLettered &= text.equals(String.valueOf((char) ('A' + chords.size())));
            chords.add(chord.get());
        } else {
            countText();
        }
    }

    private void countText() {
        remarks.count("text is left out", "texts are left out");
    }

    private Score score() {
        parts.finish(trackEnds);
        NavigableSet<Integer> playing = parts.tracks();
        if (playing.isEmpty()) remarks.say("there are no notes in it");
        boolean isTitle = texts.size() == 1 || !playing.contains(0);
        String title = isTitle ? texts.getFirst().name() : "";
        var names = new ArrayList<String>();
        var lyrics = new ArrayList<List<Lyric>>();
        for (int track = 0; track < texts.size(); track++) {
            TrackTexts text = texts.get(track);
            names.add(text.nameOfPart(track == 0 && isTitle, playing.contains(track)));
            lyrics.add(text.lyrics());
        }
        moveLyrics(lyrics, playing);
        if (isLettered && chords.size() > 1) {
            remarks.say("the markers are letters in their order, and left out as no chord symbols");
            chords.clear();
        }
        Timeline timeline = timelines.timeline();
        List<Part> read = parts.parts(timeline, names, lyrics);
        long end = trackEnds.stream().mapToLong(tick -> tick).max().orElse(0);
        return new Score(
                new Score.Credits(title, "", rights),
                timeline,
                chords,
                read,
                List.of(),
                clock.quarters(end));
    }

    /// Gives the lyrics of tracks without notes to the track before that has some, each as a verse.
    private void moveLyrics(List<List<Lyric>> lyrics, NavigableSet<Integer> playing) {
        var verses = new int[lyrics.size()];
        for (int track = 0; track < lyrics.size(); track++) {
            List<Lyric> moved = lyrics.get(track);
            if (playing.contains(track) || moved.isEmpty()) continue;
            if (playing.isEmpty()) {
                remarks.count(moved.size(), "syllable is left out", "syllables are left out");
                continue;
            }
            Integer before = playing.floor(track);
            int singing = before == null ? playing.first() : before;
            List<Lyric> sung = lyrics.get(singing);
            if (verses[singing] == 0 && !sung.isEmpty()) verses[singing] = 1;
            int verse = ++verses[singing];
            for (Lyric lyric : moved) sung.add(new Lyric(lyric.onset(), verse, lyric.text()));
            remarks.count(
                    moved.size(),
                    "syllable of a track without notes is given to the part before it",
                    "syllables of tracks without notes are given to the parts before them");
        }
    }
}
