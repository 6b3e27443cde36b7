/// What a model file records about its model: preprocessing, training, recordings, sampling,
/// licence.
@NullMarked
package wavenet4j.info;

import org.jspecify.annotations.NullMarked;
