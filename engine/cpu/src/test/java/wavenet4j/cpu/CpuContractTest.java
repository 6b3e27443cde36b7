package wavenet4j.cpu;

import wavenet4j.Backend;
import wavenet4j.GeneratorContract;

final class CpuContractTest extends GeneratorContract {
    @Override
    protected Backend backend() {
        return new CpuBackend();
    }
}
