package wavenet4j.audio.analysis;

import java.util.ArrayList;
import java.util.List;

/// What [SignalCheck] measures of a sound, a take or recordings alike. Shares are from 0 to 1;
/// those of frames leave out a last frame that is not complete.
///
/// @param levelDb root mean square in dB of full scale, at least -100
/// @param silent share of frames that are [FrameKind#SILENT]
/// @param constant share of frames that are [FrameKind#CONSTANT]
/// @param offset share of frames that are [FrameKind#OFFSET]
/// @param fewLevels share of frames that are [FrameKind#FEW_LEVELS]
/// @param periodic share of frames that are [FrameKind#PERIODIC]
/// @param fullScale share of samples that are at full scale
/// @param flatness mean spectral flatness of the frames that are not silent: 1 for white noise,
///   near 0 for tones and voices; 0 where all are silent
public record SoundMeasures(
        double levelDb,
        double silent,
        double constant,
        double offset,
        double fewLevels,
        double periodic,
        double fullScale,
        double flatness) {
    /// What is usual where the recordings of a model are unknown: those of a sound without faults.
    public static final SoundMeasures UNKNOWN =
            new SoundMeasures(Double.NaN, 0.5, 0, 0, 0, 0, 0, 0);

    private static final double FAR = 0.8; // of the way from what is usual to a whole take
    private static final double LEAST_MORE = 0.1;
    private static final double MUCH_MORE_FULL_SCALE = 0.01;
    private static final double NOISY = 0.5; // flatness
    private static final double NOISIER = 0.1;
    private static final double FAR_DB = 20;

    /// The same with these two values.
    SoundMeasures with(double fullScale, double flatness) {
        return new SoundMeasures(
                levelDb, silent, constant, offset, fewLevels, periodic, fullScale, flatness);
    }

    /// What is wrong with the sound of a take: what it is far more of than its recordings are.
    ///
    /// @param usual of the recordings
    /// @return the most telling first; empty where nothing is wrong
    public List<SoundFault> faults(SoundMeasures usual) {
        var faults = new ArrayList<SoundFault>();
        if (isFar(silent, usual.silent)) faults.add(SoundFault.SILENCE);
        if (isFar(constant, usual.constant)) faults.add(SoundFault.ONE_LEVEL);
        // Frames between those on one level are at an offset, or have few levels.
        if (faults.isEmpty() && isFar(constant + offset, usual.constant + usual.offset)) {
            faults.add(SoundFault.OFFSET);
        }
        if (faults.isEmpty() && isFar(constant + fewLevels, usual.constant + usual.fewLevels)) {
            faults.add(SoundFault.FEW_LEVELS);
        }
        if (isFar(periodic, usual.periodic)) faults.add(SoundFault.ONE_PERIOD);
        if (faults.isEmpty() && flatness > Math.max(NOISY, usual.flatness + NOISIER)) {
            faults.add(SoundFault.NOISE);
        }
        if (fullScale > 2 * usual.fullScale + MUCH_MORE_FULL_SCALE) {
            faults.add(SoundFault.FULL_SCALE);
        }
        if (faults.isEmpty() && levelDb < usual.levelDb - FAR_DB) faults.add(SoundFault.QUIET);
        return faults;
    }

    private static boolean isFar(double share, double usual) {
        return share > usual + Math.max(LEAST_MORE, FAR * (1 - usual));
    }
}
