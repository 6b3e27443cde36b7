/// What users call keys and options: short names, slips of the pen, and other programs' names.
@NullMarked
package wavenet4j.train.names;

import org.jspecify.annotations.NullMarked;
