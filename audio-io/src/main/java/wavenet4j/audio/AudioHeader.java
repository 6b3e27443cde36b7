package wavenet4j.audio;

/// What is known of an audio file before it is decoded.
///
/// @param sampleRate in Hz
/// @param seconds of sound, as its header or its size tells it; not always right
public record AudioHeader(int sampleRate, double seconds) {}
