/// What several packages of this module share; not part of the public API.
@NullMarked
package wavenet4j.audio.internal;

import org.jspecify.annotations.NullMarked;
