/// Sounds and files to test with.
@NullMarked
package wavenet4j.audio.testing;

import org.jspecify.annotations.NullMarked;
