/// Checks of the CUDA backend on a GPU.
@NullMarked
package wavenet4j.cuda.check;

import org.jspecify.annotations.NullMarked;
