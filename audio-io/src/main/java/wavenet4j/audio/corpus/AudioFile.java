package wavenet4j.audio.corpus;

import java.nio.file.Path;

/// An audio file of a corpus.
///
/// @param path of the file
/// @param name its path relative to the corpus folder
/// @param bytes its size
/// @param modified the time of its last change, in milliseconds since 1970
public record AudioFile(Path path, Path name, long bytes, long modified) {}
