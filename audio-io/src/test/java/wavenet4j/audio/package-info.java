/// Tests of reading and writing audio.
@NullMarked
package wavenet4j.audio;

import org.jspecify.annotations.NullMarked;
