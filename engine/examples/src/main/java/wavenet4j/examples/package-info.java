/// Small programs that embed the engine, each to be run with a model file. [WriteFile] and
/// [PlayLive] need `wavenet4j-core` and `wavenet4j-cpu` alone.
@NullMarked
package wavenet4j.examples;

import org.jspecify.annotations.NullMarked;
