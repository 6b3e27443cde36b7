/// How two threads take turns at one stream.
@NullMarked
package wavenet4j.cpu.internal.threads;

import org.jspecify.annotations.NullMarked;
