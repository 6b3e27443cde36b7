/// Recordings in and out: decoding, mixing, resampling, writing, playing and pictures; it knows no
/// network.
@NullMarked
package wavenet4j.audio;

import org.jspecify.annotations.NullMarked;
