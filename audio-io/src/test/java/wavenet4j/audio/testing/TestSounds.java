package wavenet4j.audio.testing;

import wavenet4j.audio.Clip;

import java.util.Random;

/// Synthetic clips for tests.
public final class TestSounds {
    private TestSounds() {}

    public static Clip sine(double hertz, double amplitude, double seconds, int sampleRate) {
        float[] samples = new float[(int) Math.round(seconds * sampleRate)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / sampleRate));
        }
        return new Clip(samples, sampleRate);
    }

    public static Clip silence(double seconds, int sampleRate) {
        return new Clip(new float[(int) Math.round(seconds * sampleRate)], sampleRate);
    }

    public static Clip noise(double amplitude, double seconds, int sampleRate, long seed) {
        Random random = new Random(seed);
        Clip clip = silence(seconds, sampleRate);
        for (int i = 0; i < clip.samples().length; i++) {
            clip.samples()[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
        }
        return clip;
    }

    /// One clip after the other.
    public static Clip join(Clip first, Clip... others) {
        int length = first.samples().length;
        for (Clip other : others) length += other.samples().length;
        float[] all = new float[length];
        System.arraycopy(first.samples(), 0, all, 0, first.samples().length);
        int at = first.samples().length;
        for (Clip other : others) {
            System.arraycopy(other.samples(), 0, all, at, other.samples().length);
            at += other.samples().length;
        }
        return new Clip(all, first.sampleRate());
    }

    /// The amplitude of one frequency in a part of a clip that holds whole periods of it.
    public static double amplitude(Clip clip, double hertz, int from, int to) {
        double sine = 0;
        double cosine = 0;
        for (int i = from; i < to; i++) {
            double phase = 2 * Math.PI * hertz * i / clip.sampleRate();
            sine += clip.samples()[i] * Math.sin(phase);
            cosine += clip.samples()[i] * Math.cos(phase);
        }
        return 2 * Math.hypot(sine, cosine) / (to - from);
    }

    public static double rms(Clip clip, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) squares += clip.samples()[i] * (double) clip.samples()[i];
        return Math.sqrt(squares / (to - from));
    }
}
