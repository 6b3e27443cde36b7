/// Evaluation of a trained model: bits per sample on recordings, and how far the sound of takes is
/// from theirs.
@NullMarked
package wavenet4j.train.evaluation;

import org.jspecify.annotations.NullMarked;
