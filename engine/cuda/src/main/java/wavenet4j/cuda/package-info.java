/// Generation on an NVIDIA GPU: the CUDA driver called through the FFM API, without JNI or a
/// toolkit.
///
/// How a kernel gets onto the card: `Planner` chooses a `Layout` for the network and the card, and
/// the kernel's source, which lies beside these classes, is compiled for that layout to PTX, which
/// the driver assembles for its card. The PTX of the layouts that the bundled models and usual
/// shapes take on usual cards is a resource already (`ReadyMadeKernels`); for others `Nvrtc`
/// compiles it on the spot, where the host has that library, and `PtxCache` keeps it. After a
/// change to the source, `mvn -q -Dquick -Pmake-ptx -pl engine/cuda -am process-test-classes` makes
/// the resources anew, with nvcc; a test fails as long as they are stale.
@NullMarked
package wavenet4j.cuda;

import org.jspecify.annotations.NullMarked;
