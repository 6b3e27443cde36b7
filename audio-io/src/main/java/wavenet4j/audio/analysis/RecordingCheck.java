package wavenet4j.audio.analysis;

/// Measures recordings by passages, for takes to be held against: [SoundMeasures#faults].
public final class RecordingCheck {
    private final SignalCheck all = new SignalCheck();
    private double fullScale;
    private double flatness;

    /// Adds a passage.
    public void add(float[] amplitudes) {
        var passage = new SignalCheck();
        passage.add(amplitudes, amplitudes.length);
        all.add(passage);
        SoundMeasures measures = passage.measures();
        fullScale = Math.max(fullScale, measures.fullScale());
        flatness = Math.max(flatness, measures.flatness());
    }

    /// The measures of all passages, with the flatness and the share at full scale of the extreme
    /// one, as a take may be like that: of several drums one is noise.
    public SoundMeasures measures() {
        return all.measures().with(fullScale, flatness);
    }
}
