@NullMarked
package wavenet4j.examples;

import org.jspecify.annotations.NullMarked;
