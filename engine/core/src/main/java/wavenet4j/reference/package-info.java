/// The network in plain loops: the backend that every other one is compared with.
@NullMarked
package wavenet4j.reference;

import org.jspecify.annotations.NullMarked;
