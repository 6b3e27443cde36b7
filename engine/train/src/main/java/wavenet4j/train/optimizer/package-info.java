/// Adam, Muon and the learning rate.
@NullMarked
package wavenet4j.train.optimizer;

import org.jspecify.annotations.NullMarked;
