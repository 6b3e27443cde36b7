/// Small programs that embed the engine, each to be run with a model file. All but [TarsosEffect]
/// and [Morph] need `wavenet4j-core` and `wavenet4j-cpu` alone.
@NullMarked
package wavenet4j.examples;

import org.jspecify.annotations.NullMarked;
