/// The CUDA driver, called through the foreign function interface.
@NullMarked
package wavenet4j.cuda.internal.driver;

import org.jspecify.annotations.NullMarked;
