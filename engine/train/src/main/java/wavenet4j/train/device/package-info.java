/// Where training runs: processor or GPU, and which libtorch.
@NullMarked
package wavenet4j.train.device;

import org.jspecify.annotations.NullMarked;
