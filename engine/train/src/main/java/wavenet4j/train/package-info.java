/// Training of WaveNet models: the listeners of a run are put together here, the training itself is
/// in `wavenet4j.train.loop`.
@NullMarked
package wavenet4j.train;

import org.jspecify.annotations.NullMarked;
