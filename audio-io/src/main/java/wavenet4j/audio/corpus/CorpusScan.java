package wavenet4j.audio.corpus;

import wavenet4j.audio.AudioException;
import wavenet4j.audio.AudioHeader;
import wavenet4j.audio.Clip;
import wavenet4j.audio.DecodedAudio;
import wavenet4j.audio.corpus.Corpus.Kept;
import wavenet4j.audio.corpus.Corpus.LeftOut;
import wavenet4j.audio.decode.AudioReader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One pass over a folder: lists the files, determines the sample rate, then reads each recording
/// that the store does not have.
final class CorpusScan<T> {
    private final Listing listing;
    private final Corpus.Options options;
    private final CorpusStore<T> store;
    private final ScanProgress progress;
    private final long bytes;

    private final Map<AudioFile, AudioHeader> headers = new HashMap<>();
    private final List<Kept<T>> kept = new ArrayList<>();
    private final List<LeftOut> leftOut;

    CorpusScan(
            Listing listing, Corpus.Options options, CorpusStore<T> store, ScanProgress progress) {
        this.listing = listing;
        this.options = options;
        this.store = store;
        this.progress = progress;
        bytes = listing.files().stream().mapToLong(AudioFile::bytes).sum();
        leftOut = new ArrayList<>(listing.leftOut());
    }

    Corpus<T> run() throws IOException {
        int rate;
        if (options.sampleRate().isPresent()) {
            rate = options.sampleRate().getAsInt();
        } else {
            readHeaders();
            rate = options.rateRule().choose(headers.values());
        }
        store.begin(rate, listing.files());
        long done = 0;
        for (AudioFile file : listing.files()) {
            scan(file, rate);
            done += file.bytes();
            progress.update("reading", done, bytes);
        }
        leftOut.sort(Comparator.comparing(LeftOut::file, Listing.BY_NAME));
        return new Corpus<>(rate, kept, leftOut, listing.ignored());
    }

    private void readHeaders() {
        long done = 0;
        for (AudioFile file : listing.files()) {
            AudioHeader header = store.header(file);
            try {
                headers.put(file, header == null ? AudioReader.header(file.path()) : header);
            } catch (AudioException _) {
                // Reported later, when the samples are read.
            }
            done += file.bytes();
            progress.update("listing", done, bytes);
        }
    }

    private void scan(AudioFile file, int rate) throws IOException {
        switch (store.find(file)) {
            case CorpusStore.Found.Used<T>(Kept<T> recording) -> kept.add(recording);
            case CorpusStore.Found.NotUsed<T>(LeftOut why) -> leftOut.add(why);
            case null -> keep(file, rate);
        }
    }

    private void keep(AudioFile file, int rate) throws IOException {
        AudioHeader header = headers.get(file);
        LeftOut why;
        try {
            Kept<Clip> recording = read(file, rate);
            kept.add(store.keep(file, header, recording));
            return;
        } catch (Unusable e) {
            why = e.why;
        } catch (AudioException e) {
            why = new LeftOut(file.name(), e.problem(), 0);
        }
        store.leaveOut(file, header, why);
        leftOut.add(why);
    }

    /// A recording that was read and is of no use.
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final transient LeftOut why;

        Unusable(AudioFile file, String reason, double seconds) {
            super(reason);
            why = new LeftOut(file.name(), reason, seconds);
        }
    }

    private Kept<Clip> read(AudioFile file, int rate) throws AudioException, Unusable {
        DecodedAudio decoded = AudioReader.decode(file.path());
        Clip recorded = decoded.clip();
        if (recorded.samples().length == 0) throw new Unusable(file, "holds no samples", 0);
        if (recorded.peak() == 0) {
            String mixed = decoded.channels() > 1 ? " after mixing to mono" : "";
            throw new Unusable(file, "is silent all through" + mixed, recorded.seconds());
        }
        List<String> notes = new ArrayList<>(decoded.warnings());
        double clipped = Clipping.shareOf(recorded);
        if (clipped >= Clipping.MUCH) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "is clipped: %.1f %% of it is cut off at full scale, and the network"
                                    + " learns that too",
                            100 * clipped));
        }
        Clip clip = recorded;
        if (options.silence().isPresent()) {
            clip = options.silence().get().trim(recorded);
            double cut = recorded.seconds() - clip.seconds();
            if (cut > 0) {
                notes.add(String.format(Locale.ROOT, "trimmed %.2f s of silence", cut));
            }
        }
        clip = clip.resampled(rate);
        if (options.normalize()) clip = clip.normalized();
        return new Kept<>(
                file.name(),
                clip,
                recorded.sampleRate(),
                decoded.channels(),
                clip.seconds(),
                notes);
    }
}
