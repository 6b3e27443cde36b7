// The kernel for a processor: its own source, on the twin of device.cuh.
#include "wavenet.cu"
