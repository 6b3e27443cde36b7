/// The configuration of a training run: its keys, their defaults and their limits.
@NullMarked
package wavenet4j.train.config;

import org.jspecify.annotations.NullMarked;
