/// Generation on an NVIDIA GPU: the CUDA driver called through the FFM API, without JNI or a
/// toolkit.
@NullMarked
package wavenet4j.cuda;

import org.jspecify.annotations.NullMarked;
