package wavenet4j.info;

/// How the training recordings sound, to hold takes against. All but the level are shares, from 0
/// to 1; but for the last two, of frames of 1,024 samples.
///
/// @param levelDb root mean square in dB of full scale, from -100 to 0
/// @param silent below -60 dB of full scale
/// @param constant on one level
/// @param offset with at least half of the power in an offset
/// @param fewLevels with at most four levels
/// @param periodic with one short period
/// @param fullScale of samples at full scale, in the passage of seconds that has most
/// @param flatness mean spectral flatness of what is not silent, in the passage of seconds that has
///   most: 1 for white noise, near 0 for tones
public record RecordingSound(
        double levelDb,
        double silent,
        double constant,
        double offset,
        double fewLevels,
        double periodic,
        double fullScale,
        double flatness) {
    public RecordingSound {
        require(levelDb >= -100 && levelDb <= 0, "levelDb", levelDb, "-100 and 0");
        requireShare("silent", silent);
        requireShare("constant", constant);
        requireShare("offset", offset);
        requireShare("fewLevels", fewLevels);
        requireShare("periodic", periodic);
        requireShare("fullScale", fullScale);
        requireShare("flatness", flatness);
    }

    private static void requireShare(String name, double share) {
        require(share >= 0 && share <= 1, name, share, "0 and 1");
    }

    private static void require(boolean right, String name, double value, String range) {
        if (right) return;
        throw new IllegalArgumentException(
                "%s is %s; it must be between %s".formatted(name, value, range));
    }
}
