package wavenet4j.cpu;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.Streams;
import wavenet4j.backend.Backend;
import wavenet4j.backend.MemoryNeed;
import wavenet4j.spec.Precision;
import wavenet4j.testing.GeneratorContract;

import java.util.List;

/// The contract on two threads, however small the network.
final class TwoThreadsContractTest extends GeneratorContract {
    @Override
    public Backend backend() {
        return new TwoThreads();
    }

    private static final class TwoThreads implements Backend {
        private final Backend cpu = new CpuBackend(true, 0);

        @Override
        public String name() {
            return cpu.name();
        }

        @Override
        public int speedRank() {
            return cpu.speedRank();
        }

        @Override
        public Availability probe(ModelSpec spec) {
            return cpu.probe(spec);
        }

        @Override
        public List<Precision> precisions() {
            return cpu.precisions();
        }

        @Override
        public MemoryNeed memory(ModelSpec spec, Precision precision, int threads, int count) {
            return cpu.memory(spec, precision, 2, count);
        }

        @Override
        public Streams start(Model model, Precision precision, int threads, int count) {
            return cpu.start(model, precision, 2, count);
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
