/// The sample loop on the Vector API: one stream on one thread, outputs in the lanes.
@NullMarked
package wavenet4j.cpu;

import org.jspecify.annotations.NullMarked;
