/// The files of a training run, and warm starts from a trained model.
@NullMarked
package wavenet4j.train.run;

import org.jspecify.annotations.NullMarked;
