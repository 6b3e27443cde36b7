/// The checks of the cuda backend on a real card, in its package to reach its planner and kernels.
@NullMarked
package wavenet4j.cuda;

import org.jspecify.annotations.NullMarked;
