/// Runs the benchmarks and writes their report.
@NullMarked
package wavenet4j.benchmarks.report;

import org.jspecify.annotations.NullMarked;
