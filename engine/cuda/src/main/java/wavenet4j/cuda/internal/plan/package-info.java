/// How a network is laid out over the blocks of a GPU, and its weights packed for them.
@NullMarked
package wavenet4j.cuda.internal.plan;

import org.jspecify.annotations.NullMarked;
