package wavenet4j.audio.picture;

/// The "magma" color map of Smith and van der Walt (2015, CC0), perceptually uniform: from black
/// over purple and orange to pale yellow.
public final class ColorMap {
    /// Evenly spaced colors, interpolated linearly.
    private static final int[] ANCHORS = {
        0x000004, 0x180f3e, 0x451077, 0x721f81, 0x9f2f7f, 0xcd4071, 0xf1605d, 0xfd9567, 0xfec98d,
        0xfcfdbf
    };

    private ColorMap() {}

    /// The color 0xrrggbb of a value in [0, 1]; other values are clamped.
    public static int rgb(double value) {
        double at = Math.clamp(value, 0, 1) * (ANCHORS.length - 1);
        int below = Math.min((int) at, ANCHORS.length - 2);
        double part = at - below;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = (ANCHORS[below] >> shift) & 0xff;
            int to = (ANCHORS[below + 1] >> shift) & 0xff;
            rgb |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return rgb;
    }
}
