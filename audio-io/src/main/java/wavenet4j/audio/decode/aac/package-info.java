/// AAC, in MP4 (as M4A) and as a stream of frames (ADTS).
@NullMarked
package wavenet4j.audio.decode.aac;

import org.jspecify.annotations.NullMarked;
