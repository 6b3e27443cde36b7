/// Checks of the cuda backend on a GPU: JUnit tests tagged `gpu`, and tests that show on an
/// emulated GPU that each check can pass and can fail.
@NullMarked
package wavenet4j.cuda.check;

import org.jspecify.annotations.NullMarked;
