/// The network on the processor: one stream, eight in a batch, or one on two threads.
@NullMarked
package wavenet4j.cpu;

import org.jspecify.annotations.NullMarked;
