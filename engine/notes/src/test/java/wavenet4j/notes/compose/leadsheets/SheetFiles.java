package wavenet4j.notes.compose.leadsheets;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import wavenet4j.notes.Note;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import javax.xml.parsers.DocumentBuilderFactory;

/// Reads the melody of a written sheet from raw MIDI events and from plain XML elements, without
/// anything of the readers that it checks.
final class SheetFiles {
    /// Ticks of a quarter.
    static final int QUARTER = 12;

    /// A note that was read, in ticks.
    record Played(int onset, int end, int key) {}

    private SheetFiles() {}

    static List<Played> midi(Path file) throws Exception {
        Sequence sequence = MidiSystem.getSequence(file.toFile());
        double tick = (double) QUARTER / sequence.getResolution();
        for (Track track : sequence.getTracks()) {
            if (!isMelody(track)) continue;
            var notes = new ArrayList<Played>();
            Map<Integer, Long> sounding = new HashMap<>();
            for (int i = 0; i < track.size(); i++) {
                MidiEvent event = track.get(i);
                if (!(event.getMessage() instanceof ShortMessage message)) continue;
                int command = message.getCommand();
                if (command != ShortMessage.NOTE_ON && command != ShortMessage.NOTE_OFF) continue;
                int key = message.getData1();
                if (command == ShortMessage.NOTE_ON && message.getData2() > 0) {
                    sounding.put(key, event.getTick());
                } else {
                    Long onset = sounding.remove(key);
                    if (onset == null) throw new AssertionError("key " + key + " never began");
                    notes.add(
                            new Played(
                                    (int) Math.round(onset * tick),
                                    (int) Math.round(event.getTick() * tick),
                                    key));
                }
            }
            return notes;
        }
        throw new AssertionError("no melody in " + file);
    }

    private static boolean isMelody(Track track) {
        for (int i = 0; i < track.size(); i++) {
            if (track.get(i).getMessage() instanceof MetaMessage meta
                    && meta.getType() == 3
                    && new String(meta.getData(), java.nio.charset.StandardCharsets.UTF_8)
                            .equals("Melody")) return true;
        }
        return false;
    }

    static List<Played> musicXml(Path file) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        var part = (Element) root.getElementsByTagName("part").item(0);
        NodeList elements = part.getElementsByTagName("*");
        var notes = new ArrayList<Played>();
        double divisions = 1;
        double now = 0;
        for (int i = 0; i < elements.getLength(); i++) {
            var element = (Element) elements.item(i);
            switch (element.getTagName()) {
                case "divisions" -> divisions = Double.parseDouble(element.getTextContent());
                case "backup", "forward", "chord", "grace", "transpose" ->
                        throw new AssertionError("a melody has no " + element.getTagName());
                case "note" -> {
                    double then = now + number(element, "duration") / divisions * QUARTER;
                    if (element.getElementsByTagName("rest").getLength() == 0) {
                        add(notes, element, (int) Math.round(now), (int) Math.round(then));
                    }
                    now = then;
                }
                default -> {}
            }
        }
        return notes;
    }

    private static void add(List<Played> notes, Element note, int onset, int end) {
        int step = "C D EF G A B".indexOf(text(note, "step"));
        int key = 12 * ((int) number(note, "octave") + 1) + step + (int) number(note, "alter");
        boolean goesOn = false;
        NodeList ties = note.getElementsByTagName("tie");
        for (int i = 0; i < ties.getLength(); i++) {
            goesOn |= ((Element) ties.item(i)).getAttribute("type").equals("stop");
        }
        int from = goesOn ? notes.removeLast().onset() : onset;
        notes.add(new Played(from, end, key));
    }

    private static String text(Element of, String name) {
        Node node = of.getElementsByTagName(name).item(0);
        return node == null ? "0" : node.getTextContent();
    }

    private static double number(Element of, String name) {
        return Double.parseDouble(text(of, name));
    }

    /// Notes of a corpus at the nearest ticks, none longer than up to the next.
    static List<Played> onGrid(List<Note> melody) {
        var notes = new ArrayList<Played>();
        for (Note note : melody) {
            int onset = (int) Math.round(note.onset().toDouble() * QUARTER);
            int end = (int) Math.round(note.end().toDouble() * QUARTER);
            if (end <= onset) continue;
            if (!notes.isEmpty() && notes.getLast().end() > onset) {
                Played last = notes.removeLast();
                if (last.onset() < onset) notes.add(new Played(last.onset(), onset, last.key()));
            }
            notes.add(new Played(onset, end, note.key()));
        }
        return notes;
    }
}
