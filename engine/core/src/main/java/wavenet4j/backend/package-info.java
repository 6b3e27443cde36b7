/// What a backend implements, and how one is found.
@NullMarked
package wavenet4j.backend;

import org.jspecify.annotations.NullMarked;
