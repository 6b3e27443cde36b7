// Kernels that say what they took: 21 cycles and 10.5 nanoseconds a round.
#include <stdint.h>

struct Probe {
    int64_t *result;
    unsigned *memory;
    int rounds;
};

#define KERNEL(name)                                                                               \
    int name##_emulated(unsigned grid, unsigned block, unsigned cluster, unsigned bytes,           \
                        void **parameters) {                                                       \
        (void)grid, (void)block, (void)cluster, (void)bytes;                                       \
        struct Probe *p = parameters[0];                                                           \
        p->result[0] = 21 * (int64_t)p->rounds;                                                    \
        p->result[1] = 21 * (int64_t)p->rounds / 2;                                                \
        return 0;                                                                                  \
    }

KERNEL(shared_load)
KERNEL(shuffle)
KERNEL(block_barrier)
KERNEL(mma_chain)
KERNEL(tanh_chain)
KERNEL(l2_load)
KERNEL(l2_flag)
KERNEL(cluster_store)
