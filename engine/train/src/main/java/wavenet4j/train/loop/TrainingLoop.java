package wavenet4j.train.loop;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.ComputeConfig.Kernels;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.config.TrainingConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.data.BatchPrefetcher;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.EncodedRecording;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.data.WindowSampler;
import wavenet4j.train.device.Computation;
import wavenet4j.train.device.OutOfDeviceMemoryException;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.event.TrainingListener;
import wavenet4j.train.event.TrainingListener.Work;
import wavenet4j.train.facts.DatasetStatistics;
import wavenet4j.train.facts.Excerpt;
import wavenet4j.train.run.PreviewFiles;
import wavenet4j.train.run.RunFolder;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Trains the network of a run, from its newest checkpoint to the end of its schedule.
///
/// Everything that the next step depends on is in the checkpoints: a training that was stopped or
/// killed and is run again on a processor ends with the weights, bit for bit, of one that never
/// was.
public final class TrainingLoop {
    private static final int STEPS_PER_PROGRESS = 10;
    private static final double RATE_AFTER_ROLLBACK = 0.5;
    private static final double LEAST_RATE_SCALE = 0x1p-8; // eight rollbacks

    private final TrainingConfig config;
    private final ModelSpec spec;
    private final TrainingDevice device;
    private final MicroBatchSize microBatchSize;
    private final RunFolder run;
    private final TrainingListener listener;
    private final Opening opening;
    private final WindowSampler windows;
    private final List<Batch> heldOut;
    private final List<EncodedRecording> training;
    private final Previews previews;
    private final TrainingDiagnosis diagnosis;
    private volatile boolean stopRequested;

    /// Opens what computes the steps, see [TrainingDevice#open].
    interface Opening {
        Computation open(ModelSpec spec, TrainingConfig config, Kernels kept);
    }

    /// @param device to compute on
    /// @param run where checkpoints, the best model and previews are written
    /// @param listener receives the events, on the training thread
    public TrainingLoop(
            TrainConfig config,
            Dataset data,
            TrainingDevice device,
            RunFolder run,
            TrainingListener listener) {
        this(config, data, device, device.microBatchSize(data.spec()), run, listener, device::open);
    }

    TrainingLoop(
            TrainConfig config,
            Dataset data,
            TrainingDevice device,
            MicroBatchSize microBatchSize,
            RunFolder run,
            TrainingListener listener,
            Opening opening) {
        this.config = config.training();
        this.device = device;
        this.microBatchSize = microBatchSize;
        this.run = run;
        this.listener = listener;
        this.opening = opening;
        spec = data.spec();
        windows = new WindowSampler(spec, data.training(), this.config);
        training = data.training();
        heldOut =
                new WindowSampler(spec, data.heldOut(), this.config)
                        .sample(this.config.evaluation().windows());
        var real = Excerpt.loudest(data.heldOut(), spec, this.config.previews().seconds());
        var files = new PreviewFiles(run.folder());
        previews =
                new Previews(this.config, data, real, run.facts(), files, JniUtils::getNumThreads);
        diagnosis =
                new TrainingDiagnosis(
                        this.config,
                        config.data().excerpts(),
                        spec.distribution(),
                        DatasetStatistics.of(data));
    }

    /// Ends the training after the step in progress, with a checkpoint. May be called from any
    /// thread.
    public void stop() {
        stopRequested = true;
    }

    /// Trains until the end of the schedule, until early stopping or until [#stop()].
    ///
    /// @throws TrainingFailedException when the loss still explodes after many rollbacks, or when
    ///   the device has too little memory; the run can be resumed
    /// @throws IllegalStateException when another training runs in the folder
    /// @throws IOException when the run folder cannot be written
    public TrainingResult run() throws IOException {
        try (var lock = run.lock();
                var computation = opening.open(spec, config, lock.newest().kernels())) {
            lock.events().forEach(diagnosis::update);
            long step = lock.newest().step();
            listener.onStart(step, computation.describe(), lock.events());
            var used =
                    new TrainingEvent.DeviceUsed(
                            step, device.describe(), computation.description());
            if (!used.isKnownFrom(lock.events())) emit(used);
            return resume(lock.newest(), computation);
        } catch (EngineException e) {
            if (!OutOfDeviceMemoryException.matches(e)) throw e;
            throw failed(new OutOfDeviceMemoryException(e));
        } catch (OutOfMemoryError e) {
            throw failed(new OutOfDeviceMemoryException(e));
        }
    }

    private TrainingFailedException failed(OutOfDeviceMemoryException e) throws IOException {
        return new TrainingFailedException(run.checkpoints().newest(), e);
    }

    private TrainingResult resume(TrainingState start, Computation computation) throws IOException {
        try (var learner = new Learner(device, spec, computation, microBatchSize, config, start);
                var batches = new BatchPrefetcher(windows::batch)) {
            return train(learner, batches);
        }
    }

    private TrainingResult train(Learner learner, BatchPrefetcher batches) throws IOException {
        TrainingClock clock = learner.clock();
        var meter = new ProgressMeter(learner.progress());
        boolean stop = stopRequested;
        if (learner.step() > 0 && !learner.isFinished()) {
            emit(new TrainingEvent.Resumed(learner.step()));
        }
        while (!stop && !learner.isFinished()) {
            // Take a batch and learn from it: forward, backward, one optimizer step.
            listener.onBegin(learner.step(), Work.LEARNING);
            double started = clock.seconds();
            StepResult result = learn(learner, batches);

            // Where the loss exploded, go back to the newest checkpoint with a lower rate.
            if (!result.isHealthy(spec.distribution())) {
                rollBack(learner, result);
                meter = new ProgressMeter(learner.progress());
                continue;
            }
            meter.add(result, clock.seconds() - started);
            stop = stopRequested; // read once, so that the last step is evaluated and saved as such

            // Report progress, also before each checkpoint, as none holds what the meter does.
            boolean saves =
                    stop || learner.isFinished() || learner.every(config.checkpoints().every());
            if (saves || learner.every(STEPS_PER_PROGRESS)) {
                emit(meter.report(learner.step(), result.rate(), learner.progress()));
            }

            // Evaluate on the held-out recordings, and keep the best model.
            if (learner.isFinished() || learner.every(config.evaluation().every())) {
                learner.setBest(evaluate(learner));
            } else if (stop && learner.best().equals(EarlyStopping.NONE)) {
                evaluate(learner); // leaves a model; a run that goes on must not count it
            }

            // Generate previews, save, and at the end find the temperature for takes.
            boolean last = stop || learner.isFinished();
            if (previews.isDue(learner.step(), last, clock)) preview(learner);
            if (stop && !learner.isFinished()) emit(new TrainingEvent.Stopped(learner.step()));
            if (last || saves) save(learner);
            if (learner.isFinished()) chooseTemperature(learner);
            clock.leaveOut(() -> listener.onStepEnd(last));
        }
        return result(learner);
    }

    /// One optimizer step on the next batch. Where the device has too little memory for a
    /// micro-batch, the step is repeated with smaller ones: nothing of it was kept, as the gradient
    /// is in arrays of its own, and nothing in it is drawn at random.
    private StepResult learn(Learner learner, BatchPrefetcher batches) throws IOException {
        while (true) {
            List<Batch> microBatches = batches.batch(learner.step(), learner.microBatchSize());
            try {
                return learner.learn(microBatches);
            } catch (OutOfDeviceMemoryException e) {
                Batch tooLarge = microBatches.getFirst();
                if (tooLarge.rows() == 1) {
                    save(learner);
                    throw new TrainingFailedException(learner.step(), spec, e);
                }
                learner.halve(tooLarge);
                int fewer = learner.microBatchSize().rows(tooLarge.targets());
                emit(new TrainingEvent.MicroBatchHalved(learner.step(), tooLarge.rows(), fewer));
            }
        }
    }

    private void rollBack(Learner learner, StepResult result) throws IOException {
        long step = learner.step();
        double rateScale = learner.rateScale() * RATE_AFTER_ROLLBACK;
        if (rateScale < LEAST_RATE_SCALE) throw new TrainingFailedException(step, result);
        TrainingState good = run.checkpoints().newest();
        // The first step after a checkpoint fails where the step before it spoilt the weights.
        if (good.step() == step) good = run.checkpoints().before(good);
        emit(result.rolledBack(step, good.step(), rateScale));
        learner.rollBack(good, rateScale);
        save(learner);
        learner.clock().leaveOut(() -> listener.onStepEnd(false));
    }

    private EarlyStopping evaluate(Learner learner) throws IOException {
        listener.onBegin(learner.step(), Work.EVALUATING);
        double bits = learner.evaluate(heldOut);
        double seconds = learner.clock().seconds();
        EarlyStopping best = learner.best().after(learner.step(), bits);
        boolean improved = best.evaluationsSince() == 0;
        if (improved) run.writeBest(learner.state(best));
        emit(new TrainingEvent.Evaluated(learner.step(), seconds, bits, improved));
        return best;
    }

    private void preview(Learner learner) throws IOException {
        learner.clock()
                .leaveOut(() -> {
                    listener.onBegin(learner.step(), Work.GENERATING);
                    Optional<TrainingEvent.Previewed> takes =
                            previews.generate(learner.state(), () -> stopRequested);
                    if (takes.isPresent()) emit(takes.get());
                });
    }

    /// A run that is stopped before its end is not kept waiting for this.
    private void chooseTemperature(Learner learner) throws IOException {
        if (stopRequested || config.previews().every() == 0) return;
        learner.clock()
                .leaveOut(() -> {
                    listener.onBegin(learner.step(), Work.CHOOSING);
                    OptionalDouble chosen =
                            new TemperatureChoice(JniUtils.getNumThreads())
                                    .choose(Model.load(run.best()), training, () -> stopRequested);
                    if (chosen.isEmpty()) return;
                    run.writeTemperature(chosen.getAsDouble());
                    emit(new TrainingEvent.TemperatureChosen(learner.step(), chosen.getAsDouble()));
                });
    }

    private void save(Learner learner) throws IOException {
        listener.onBegin(learner.step(), Work.SAVING);
        run.checkpoints().write(learner.state());
        emit(new TrainingEvent.Saved(learner.step()));
    }

    /// Sends an event to the listener, and the diagnosis where it changes with that.
    private void emit(TrainingEvent event) throws IOException {
        listener.onEvent(event);
        Optional<TrainingEvent.Diagnosed> changed = diagnosis.update(event);
        if (changed.isPresent()) listener.onEvent(changed.get());
    }

    private TrainingResult result(Learner learner) {
        TrainingResult.Reason reason =
                !learner.isFinished()
                        ? TrainingResult.Reason.STOPPED
                        : learner.best().exhausts(config.evaluation().patience())
                                ? TrainingResult.Reason.OUT_OF_PATIENCE
                                : TrainingResult.Reason.FINISHED;
        return new TrainingResult(reason, learner.step(), learner.best());
    }
}
