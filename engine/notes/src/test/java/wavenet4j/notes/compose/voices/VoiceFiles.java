package wavenet4j.notes.compose.voices;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import wavenet4j.notes.compose.voices.PlainVoices.Sung;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import javax.xml.parsers.DocumentBuilderFactory;

/// Reads written voices from raw MIDI events and from plain XML elements, without anything of the
/// readers that stand.
final class VoiceFiles {
    private VoiceFiles() {}

    /// The notes of each track that has some.
    static List<List<Sung>> midi(Path file) throws Exception {
        Sequence sequence = MidiSystem.getSequence(file.toFile());
        double tick = (double) PlainVoices.QUARTER / sequence.getResolution();
        var voices = new ArrayList<List<Sung>>();
        for (Track track : sequence.getTracks()) {
            var notes = new ArrayList<Sung>();
            Map<Integer, Integer> sounding = new HashMap<>();
            for (int i = 0; i < track.size(); i++) {
                if (!(track.get(i).getMessage() instanceof ShortMessage message)) continue;
                int command = message.getCommand();
                if (command != ShortMessage.NOTE_ON && command != ShortMessage.NOTE_OFF) continue;
                int time = (int) Math.round(track.get(i).getTick() * tick);
                int key = message.getData1();
                if (command == ShortMessage.NOTE_ON && message.getData2() > 0) {
                    sounding.put(key, time);
                } else {
                    Integer onset = sounding.remove(key);
                    if (onset == null) throw new AssertionError("key " + key + " never began");
                    notes.add(new Sung(onset, time, key));
                }
            }
            if (!notes.isEmpty()) voices.add(notes);
        }
        return voices;
    }

    /// The notes of each part.
    static List<List<Sung>> musicXml(Path file) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        return elements(root, "part").stream().map(VoiceFiles::part).toList();
    }

    private static List<Sung> part(Element part) {
        var notes = new ArrayList<Sung>();
        double divisions = 1;
        double now = 0;
        for (Element element : elements(part, "*")) {
            switch (element.getTagName()) {
                case "divisions" -> divisions = Double.parseDouble(element.getTextContent());
                case "backup", "forward", "chord", "grace", "transpose" ->
                        throw new AssertionError("a voice has no " + element.getTagName());
                case "note" -> {
                    double then =
                            now + number(element, "duration") / divisions * PlainVoices.QUARTER;
                    if (elements(element, "rest").isEmpty()) {
                        boolean goesOn =
                                elements(element, "tie").stream()
                                        .anyMatch(tie -> tie.getAttribute("type").equals("stop"));
                        int onset = goesOn ? notes.removeLast().onset() : (int) Math.round(now);
                        notes.add(new Sung(onset, (int) Math.round(then), key(element)));
                    }
                    now = then;
                }
                default -> {}
            }
        }
        return notes;
    }

    private static int key(Element note) {
        String step = elements(note, "step").getFirst().getTextContent();
        int semitones = "C D EF G A B".indexOf(step) + (int) number(note, "alter");
        return 12 * ((int) number(note, "octave") + 1) + semitones;
    }

    private static double number(Element of, String name) {
        List<Element> found = elements(of, name);
        return found.isEmpty() ? 0 : Double.parseDouble(found.getFirst().getTextContent());
    }

    private static List<Element> elements(Element of, String name) {
        NodeList found = of.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }
}
