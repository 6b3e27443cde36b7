package wavenet4j.cpu;

import wavenet4j.backend.Backend;
import wavenet4j.testing.GeneratorContract;

final class CpuContractTest extends GeneratorContract {
    @Override
    public Backend backend() {
        return new CpuBackend();
    }
}
