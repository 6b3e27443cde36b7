/// What runs how fast, measured by JMH.
@NullMarked
package wavenet4j.benchmarks;

import org.jspecify.annotations.NullMarked;
