/// What the notebooks need beside the library: the Java kernel that they run on, told where that
/// library is, and how it shows sounds and charts.
@NullMarked
package wavenet4j.notebooks;

import org.jspecify.annotations.NullMarked;
