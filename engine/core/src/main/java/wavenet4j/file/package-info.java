/// The model file: safetensors with the specification as JSON, read with every header checked.
@NullMarked
package wavenet4j.file;

import org.jspecify.annotations.NullMarked;
