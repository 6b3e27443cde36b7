/// What scores hold: `wavenet-eval --scores`.
@NullMarked
package wavenet4j.cli.scores;

import org.jspecify.annotations.NullMarked;
