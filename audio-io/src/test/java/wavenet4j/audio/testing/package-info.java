/// Synthetic clips and files for tests.
@NullMarked
package wavenet4j.audio.testing;

import org.jspecify.annotations.NullMarked;
