package wavenet4j.train.data;

import java.util.Set;

/// A recording as quantized levels.
///
/// @param name its path below the corpus folder
/// @param levels lead-in and tail included; a char is a level of 0 to 65,535
/// @param labels of the recording
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedRecording(String name, char[] levels, Set<String> labels) {}
