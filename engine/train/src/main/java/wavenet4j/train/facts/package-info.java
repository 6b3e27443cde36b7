/// What is measured of the recordings, and what models and previews keep of them.
@NullMarked
package wavenet4j.train.facts;

import org.jspecify.annotations.NullMarked;
