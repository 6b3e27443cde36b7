package wavenet4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wavenet4j.*;
import java.nio.file.Path;
import java.util.List;

class FirstTest {
    @Test
    void first(@TempDir Path folder) throws Exception {
        var stub = StubDriver.compile(folder);
        var spec = TestModels.spec(256, TestModels.channels(40, 24, 72, 19), 2, List.of(1, 2, 4, 8, 16));
        for (int count : new int[] {1})
        for (var precision : new Precision[] {Precision.FLOAT32, Precision.FLOAT16})
        for (var link : Layout.Link.values()) {
            stub.reset();
            var backend = new CudaBackend(stub.file(), new EmulatedKernels(),
                    (planner, s, strict, streams) -> new Planner(planner.card(), 128).plan(link, s, strict, streams));
            var model = TestModels.random(spec, 1);
            long start = System.nanoTime();
            try (var streams = backend.openStreams(model, precision, 1, count);
                    var reference = new ReferenceBackend().open(model, precision, 1)) {
                System.out.println(count + " " + precision + " " + link + " opened " + (System.nanoTime() - start) / 1000000);
                var a = new float[256];
                var b = new float[256];
                int[] history = TestModels.levels(spec, 200, 7);
                double worst = 0;
                int n = count - 1;
                start = System.nanoTime();
                for (int t = 0; t < 20; t++) {
                    streams.logits(n, a);
                    reference.logits(b);
                    for (int q = 0; q < 256; q++) worst = Math.max(worst, Math.abs(a[q] - b[q]));
                    streams.prime(n, history, t, t + 1);
                    reference.prime(history, t, t + 1);
                }
                long forced = System.nanoTime() - start;
                streams.reset(n, Take.ofSeed(5));
                reference.reset(Take.ofSeed(5));
                var x = new int[count][500];
                var y = new int[500];
                start = System.nanoTime();
                streams.generate(x, 0, 500);
                System.out.printf("worst %g; forced %d us each; %d us a sample%n", worst, forced / 20000, (System.nanoTime() - start) / 500000);
                reference.generate(y, 0, 500);
                int same = 0;
                while (same < 500 && x[n][same] == y[same]) same++;
                System.out.println("same " + same);
            }
            stub.assertAllGivenBack();
        }
    }
}
