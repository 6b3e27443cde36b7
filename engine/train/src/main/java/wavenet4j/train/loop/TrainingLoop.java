package wavenet4j.train.loop;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

import wavenet4j.ModelSpec;
import wavenet4j.train.checkpoint.EarlyStopping;
import wavenet4j.train.checkpoint.TrainingState;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Batch;
import wavenet4j.train.data.BatchPrefetcher;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.data.DatasetStatistics;
import wavenet4j.train.data.Excerpt;
import wavenet4j.train.data.MicroBatchSize;
import wavenet4j.train.data.WindowSampler;
import wavenet4j.train.device.OutOfDeviceMemoryException;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.network.Loss;
import wavenet4j.train.optimizer.Adam;
import wavenet4j.train.optimizer.LearningRateSchedule;
import wavenet4j.train.run.RunFolder;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Training, from a state to the end of its schedule.
public final class TrainingLoop {
    private static final int STEPS_PER_PROGRESS = 10;
    private static final double RATE_AFTER_SETBACK = 0.5;
    private static final double LEAST_RATE_SCALE = 0x1p-8; // eight setbacks

    private final TrainConfig.Training config;
    private final ModelSpec spec;
    private final TrainingDevice device;
    private final RunFolder run;
    private final Consumer<TrainingEvent> listener;
    private final LearningRateSchedule schedule;
    private final WindowSampler windows;
    private final List<Batch> validation;
    private final Loss loss;
    private final MicroBatchSize devicePartSize;
    private final Previews previews;
    private final TrainingDiagnosis judge;
    private MicroBatchSize partSize;
    private long partBytes = Long.MAX_VALUE;
    private volatile boolean stopRequested;

    /// @param device to compute on
    /// @param run where everything is written
    /// @param listener told of progress on the training thread
    public TrainingLoop(
            TrainConfig config,
            Dataset data,
            TrainingDevice device,
            RunFolder run,
            Consumer<TrainingEvent> listener) {
        this(
                config,
                data,
                device,
                device.partSize(data.spec()),
                run,
                listener,
                device.loss(data.spec()));
    }

    TrainingLoop(
            TrainConfig config,
            Dataset data,
            TrainingDevice device,
            MicroBatchSize partSize,
            RunFolder run,
            Consumer<TrainingEvent> listener,
            Loss loss) {
        this.config = config.training();
        this.device = device;
        devicePartSize = partSize;
        this.partSize = partSize;
        this.loss = loss;
        this.run = run;
        this.listener = listener.andThen(run::record);
        spec = data.spec();
        schedule = new LearningRateSchedule(this.config);
        windows = new WindowSampler(spec, data.training(), this.config);
        validation =
                new WindowSampler(spec, data.heldOut(), this.config)
                        .sample(this.config.validationWindows());
        var real = Excerpt.loudest(data.heldOut(), spec, this.config.previews().seconds());
        previews = new Previews(this.config, data, real, run.folder(), JniUtils::getNumThreads);
        judge =
                new TrainingDiagnosis(
                        this.config, spec.distribution(), DatasetStatistics.of(data, real.clip()));
    }

    /// Asks the loop to save and return after the step in progress. May be called from any thread.
    public void stop() {
        stopRequested = true;
    }

    /// Trains until the schedule or its patience ends or [#stop()] is called, and saves. A training
    /// that was stopped or killed and is run again ends as if it never had been: all that decides
    /// what comes next is in the checkpoints.
    ///
    /// @throws TrainingFailedException when the loss keeps exploding, or when the device's memory
    ///   does not suffice; what is saved then is whole
    /// @throws IllegalStateException when another training writes to the run folder
    /// @throws IOException when the run folder cannot be written
    public TrainingResult run() throws IOException {
        try (var lock = run.lock();
                Closeable _ = config.factors().use()) {
            lock.events().forEach(judge::hear);
            return runFrom(lock.newest());
        }
    }

    private TrainingResult runFrom(TrainingState start) throws IOException {
        // On a GPU, whose sums are in no fixed order, the memory that is free now decides.
        if (device.isProcessor()) limitParts(start.partBytes());
        NDManager manager = device.newManager();
        try (var learner = new Learner(manager, loss, new Adam(manager, spec, start, config));
                var data = new BatchPrefetcher(windows::batch)) {
            var sitting = new Sitting(start, learner, data);
            while (!sitting.last) sitting.step();
            return sitting.ending();
        } catch (EngineException e) {
            if (!OutOfDeviceMemoryException.isMeantBy(e)) throw e;
            var outOfMemory = new OutOfDeviceMemoryException(e);
            throw new TrainingFailedException(run.newestState(), outOfMemory);
        }
    }

    /// From one start of the program to its end, or to the end of the training.
    private final class Sitting {
        private final Learner learner;
        private final BatchPrefetcher data;
        private final TrainingClock clock;
        private TrainingState lastGood;
        private long step;
        private double rateScale;
        private EarlyStopping best;
        private ProgressMeter meter;
        private boolean ended;

        /// Asked once after each step: whatever ends the loop, it ends with a checkpoint.
        private boolean last;

        Sitting(TrainingState start, Learner learner, BatchPrefetcher data) {
            this.learner = learner;
            this.data = data;
            clock = new TrainingClock(start.seconds());
            lastGood = start;
            step = start.step();
            rateScale = start.rateScale();
            best = start.best();
            meter = new ProgressMeter(progress());
            ended = progress() >= 1 || best.exhausts(config.patience());
            last = ended || stopRequested;
        }

        /// One step of the optimizer, and all that is due after it.
        void step() throws IOException {
            double begun = clock.seconds();
            double rate = rateScale * schedule.rate(step, begun);
            StepResult result = learn(rate);
            if (!result.healthy(spec.distribution())) {
                stepBack(result);
                return;
            }
            step++;
            meter.add(result, clock.seconds() - begun);
            double progress = progress();
            ended = progress >= 1;
            last = ended || stopRequested;
            boolean saves = last || step % config.checkpointEvery() == 0;
            // Before each checkpoint: what the meter holds is in none.
            if (saves || step % STEPS_PER_PROGRESS == 0) tell(meter.report(step, rate, progress));
            boolean looks = ended || step % config.validateEvery() == 0;
            // The look at a stop only leaves a model to hear: going on, it never was.
            if (looks) best = look();
            else if (last && best.equals(EarlyStopping.NONE)) look();
            if (best.exhausts(config.patience())) {
                ended = true;
                last = true;
                saves = true;
            }
            if (previews.due(step, last, clock)) clock.leaveOut(this::preview);
            if (saves) save();
            if (looks || last) clock.leaveOut(run::writeReport);
        }

        /// One optimizer step, in smaller parts whenever the device has too little memory for one.
        /// The step is then begun anew: nothing of it was kept, as its gradient belongs to its own
        /// arrays, and nothing in it is drawn at random.
        private StepResult learn(double rate) throws IOException {
            while (true) {
                List<Batch> parts = data.batch(step, partSize);
                try {
                    return learner.step(parts, step + 1, rate);
                } catch (OutOfDeviceMemoryException e) {
                    Batch part = parts.getFirst();
                    if (part.rows() == 1) {
                        save();
                        throw new TrainingFailedException(step, spec, e);
                    }
                    limitParts(MicroBatchSize.bytesOfHalf(spec, part));
                    int fewer = partSize.rows(part.targets());
                    tell(new TrainingEvent.PartsHalved(step, part.rows(), fewer));
                }
            }
        }

        /// Goes back to the last checkpoint, at a lower rate.
        private void stepBack(StepResult result) throws IOException {
            rateScale *= RATE_AFTER_SETBACK;
            if (rateScale < LEAST_RATE_SCALE) throw new TrainingFailedException(step, result);
            // When its very first step fails, the checkpoint was spoilt by the one before.
            if (step == lastGood.step()) lastGood = run.stateBefore(lastGood);
            tell(result.steppedBack(step, lastGood.step(), rateScale));
            step = lastGood.step();
            learner.adam().load(lastGood);
            save();
            clock.leaveOut(run::writeReport);
            meter = new ProgressMeter(progress());
        }

        /// A look at the held-out recordings, whose model is kept where it is the best.
        private EarlyStopping look() throws IOException {
            double bits = learner.bits(validation);
            EarlyStopping seen = best.after(step, bits);
            boolean better = seen.looksSince() == 0;
            TrainingState state = state(seen);
            if (better) run.writeBest(state);
            tell(new TrainingEvent.Validated(step, state.seconds(), bits, better));
            return seen;
        }

        /// Takes of the averaged weights.
        private void preview() throws IOException {
            previews.make(state(best), () -> stopRequested).ifPresent(TrainingLoop.this::tell);
        }

        private void save() throws IOException {
            lastGood = state(best);
            run.writeCheckpoint(lastGood);
            tell(new TrainingEvent.Saved(step));
        }

        private TrainingState state(EarlyStopping best) {
            return learner.adam().state(step, clock.seconds(), rateScale, best, partBytes);
        }

        private double progress() {
            return schedule.progress(step, clock.seconds());
        }

        TrainingResult ending() {
            return new TrainingResult(reason(), step, best);
        }

        private TrainingResult.Reason reason() {
            if (!ended) return TrainingResult.Reason.STOPPED;
            return best.exhausts(config.patience())
                    ? TrainingResult.Reason.OUT_OF_PATIENCE
                    : TrainingResult.Reason.FINISHED;
        }
    }

    private void limitParts(long bytes) {
        partBytes = bytes;
        partSize =
                new MicroBatchSize.Smaller(devicePartSize, new MicroBatchSize.Memory(spec, bytes));
    }

    /// Tells what happened, and how training goes where that changes by it.
    private void tell(TrainingEvent event) {
        listener.accept(event);
        judge.hear(event).ifPresent(listener);
    }
}
