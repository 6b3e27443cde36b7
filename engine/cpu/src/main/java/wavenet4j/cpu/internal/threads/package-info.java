/// How two threads share the ticks of one stream.
@NullMarked
package wavenet4j.cpu.internal.threads;

import org.jspecify.annotations.NullMarked;
