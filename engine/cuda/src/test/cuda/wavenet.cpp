// The kernel for a processor: its own source, on an emulation of device.cuh.
#include "wavenet.cu"
