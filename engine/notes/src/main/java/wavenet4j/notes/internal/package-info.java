/// Helpers that packages of this module share; not for users.
@NullMarked
package wavenet4j.notes.internal;

import org.jspecify.annotations.NullMarked;
