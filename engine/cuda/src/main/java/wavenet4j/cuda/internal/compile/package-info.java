/// The kernels: their source, NVRTC, precompiled PTX, the cache.
@NullMarked
package wavenet4j.cuda.internal.compile;

import org.jspecify.annotations.NullMarked;
