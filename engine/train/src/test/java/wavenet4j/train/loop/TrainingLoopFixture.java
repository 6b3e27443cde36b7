package wavenet4j.train.loop;

import org.junit.jupiter.api.io.TempDir;

import wavenet4j.train.RunListeners;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.device.Computation;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.network.Loss;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Trainings of tiny networks whose events are collected.
abstract class TrainingLoopFixture {
    @TempDir Path temporary;
    final List<TrainingEvent> events = new ArrayList<>();

    <E extends TrainingEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    RunFolder create(TrainConfig config, Dataset data) throws IOException {
        return RunFolder.create(temporary.resolve("run"), config, temporary, data);
    }

    TrainingLoop loop(TrainConfig config, Dataset data, RunFolder run) {
        return loop(config, data, run, event -> {});
    }

    TrainingLoop loop(TrainConfig config, Dataset data, RunFolder run, TrainingListener also) {
        TrainingListener listener =
                RunListeners.of(run, config, Object::toString, also, events::add);
        return new TrainingLoop(config, data, TrainingDevice.processor(), run, listener);
    }

    TrainingLoop loop(
            TrainConfig config, Dataset data, RunFolder run, MicroBatchSize size, Loss loss) {
        var device = TrainingDevice.processor();
        TrainingListener listener = RunListeners.of(run, config, Object::toString, events::add);
        return new TrainingLoop(
                config,
                data,
                device,
                size,
                run,
                listener,
                (spec, training, kept) -> {
                    Computation opened = device.open(spec, training, kept);
                    return new Computation(
                            loss,
                            opened.kernels(),
                            opened.description(),
                            opened.reason(),
                            opened.setting());
                });
    }
}
