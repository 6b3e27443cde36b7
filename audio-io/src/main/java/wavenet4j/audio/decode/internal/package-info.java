/// What the decoders of all formats share; not part of the public API.
@NullMarked
package wavenet4j.audio.decode.internal;

import org.jspecify.annotations.NullMarked;
