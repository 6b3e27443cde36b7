package wavenet4j.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

import wavenet4j.ModelSpec;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Training, from a state to the end of its schedule.
public final class TrainingLoop {
    private static final double NATS_PER_BIT = Math.log(2);
    private static final int STEPS_PER_PROGRESS = 10;
    private static final double RATE_AFTER_SETBACK = 0.5;
    private static final double LEAST_RATE_SCALE = 0x1p-8; // eight setbacks

    private final TrainConfig.Training config;
    private final ModelSpec spec;
    private final TrainingDevice device;
    private final RunFolder run;
    private final Consumer<TrainingEvent> listener;
    private final Schedule schedule;
    private final Windows windows;
    private final List<Batch> validation;
    private final Loss loss;
    private final PartSize devicePartSize;
    private final Previews previews;
    private final Judge judge;
    private PartSize partSize;
    private long partBytes = Long.MAX_VALUE;
    private volatile boolean stopRequested;

    /// The mean negative log-likelihood of a part of a batch under weights, in nats.
    interface Loss {
        NDArray of(NDArray weights, Batch part);

        /// Adds the gradient of a share of it to the leaf's.
        ///
        /// @return that share of it
        default float backpropagate(
                NDArray leaf, Batch part, float share, GradientCollector gradients) {
            NDArray ofPart = of(leaf, part).mul(share);
            gradients.backward(ofPart);
            return ofPart.getFloat();
        }
    }

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
            PartSize partSize,
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
        schedule = new Schedule(this.config);
        windows = new Windows(spec, data.training(), this.config);
        validation =
                new Windows(spec, data.heldOut(), this.config)
                        .sample(this.config.validationWindows());
        var real = Excerpt.loudest(data.heldOut(), spec, this.config.previews().seconds());
        previews = new Previews(this.config, data, real, run.folder(), JniUtils::getNumThreads);
        judge = new Judge(this.config, spec.levels(), Material.of(data, real.clip()));
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
    public Ending run() throws IOException {
        try (Closeable _ = run.lock();
                Closeable _ = config.factors().use()) {
            return runFrom(run.newestState());
        }
    }

    private Ending runFrom(TrainingState lastGood) throws IOException {
        run.events().forEach(judge::hear);
        var clock = new Clock(lastGood.seconds());
        long step = lastGood.step();
        double progress = schedule.progress(step, clock.seconds());
        var meter = new Meter(progress);
        double rateScale = lastGood.rateScale();
        Best best = lastGood.best();
        // On a GPU, whose sums are in no fixed order, the memory that is free now decides.
        if (device.isProcessor()) limitParts(lastGood.partBytes());
        boolean ended = progress >= 1 || best.exhausts(config.patience());
        // Asked once after each step: whatever ends the loop, it ends with a checkpoint.
        boolean last = ended || stopRequested;
        try (NDManager manager = device.newManager();
                Adam adam = new Adam(manager, lastGood, config)) {
            while (!last) {
                double begun = clock.seconds();
                double rate = rateScale * schedule.rate(step, begun);
                StepResult result;
                try {
                    result = learn(manager, adam, step, rate);
                } catch (OutOfDeviceMemoryException e) {
                    save(adam.state(step, clock.seconds(), rateScale, best, partBytes));
                    throw new TrainingFailedException(step, spec, e);
                }
                if (!result.healthy(spec.levels())) {
                    rateScale *= RATE_AFTER_SETBACK;
                    if (rateScale < LEAST_RATE_SCALE) {
                        throw new TrainingFailedException(step, result);
                    }
                    // When its very first step fails, the checkpoint was spoilt by the one before.
                    if (step == lastGood.step()) lastGood = run.stateBefore(lastGood);
                    tell(result.steppedBack(step, lastGood.step(), rateScale));
                    lastGood = lastGood.after(clock.seconds(), rateScale, best, partBytes);
                    save(lastGood);
                    adam.load(lastGood);
                    run.writeReport();
                    step = lastGood.step();
                    meter = new Meter(schedule.progress(step, clock.seconds()));
                    continue;
                }
                step++;
                meter.add(result, clock.seconds() - begun);
                progress = schedule.progress(step, clock.seconds());
                ended = progress >= 1;
                last = ended || stopRequested;
                boolean due = step % config.checkpointEvery() == 0;
                // Before each checkpoint too: what the meter holds is in none.
                if (last || due || step % STEPS_PER_PROGRESS == 0) {
                    tell(meter.report(step, rate, progress));
                }
                boolean look = ended || step % config.validateEvery() == 0;
                if (look || (last && best.equals(Best.NONE))) {
                    double bits = validate(manager, adam.averaged());
                    Best seen = best.after(step, bits);
                    boolean better = seen.looksSince() == 0;
                    TrainingState state =
                            adam.state(step, clock.seconds(), rateScale, seen, partBytes);
                    if (better) run.writeBest(state);
                    tell(new TrainingEvent.Validated(step, state.seconds(), bits, better));
                    // The look at a stop only leaves a model to hear: going on, it never was.
                    if (look) best = seen;
                    ended |= best.exhausts(config.patience());
                    last |= ended;
                }
                if (previews.due(step, last, clock)) {
                    preview(adam.state(step, clock.seconds(), rateScale, best, partBytes), clock);
                }
                if (last || due) {
                    lastGood = adam.state(step, clock.seconds(), rateScale, best, partBytes);
                    save(lastGood);
                }
                if (look || last) run.writeReport();
            }
        } catch (EngineException e) {
            if (!OutOfDeviceMemoryException.isMeantBy(e)) throw e;
            throw new TrainingFailedException(lastGood, new OutOfDeviceMemoryException(e));
        }
        return new Ending(reason(ended, best), step, best);
    }

    private Ending.Reason reason(boolean ended, Best best) {
        if (!ended) return Ending.Reason.STOPPED;
        return best.exhausts(config.patience())
                ? Ending.Reason.OUT_OF_PATIENCE
                : Ending.Reason.FINISHED;
    }

    private void save(TrainingState state) throws IOException {
        run.writeCheckpoint(state);
        tell(new TrainingEvent.Saved(state.step()));
    }

    private void limitParts(long bytes) {
        partBytes = bytes;
        partSize = new PartSize.Smaller(devicePartSize, new PartSize.Memory(spec, bytes));
    }

    /// Tells what happened, and how training goes where that changes by it.
    private void tell(TrainingEvent event) {
        listener.accept(event);
        judge.hear(event).ifPresent(listener);
    }

    /// Takes of a state, whose time does not count.
    private void preview(TrainingState state, Clock clock) throws IOException {
        double begun = clock.seconds();
        previews.make(state, () -> stopRequested).ifPresent(this::tell);
        clock.leaveOut(clock.seconds() - begun);
    }

    /// One optimizer step, in smaller parts whenever the device has too little memory for one. The
    /// step is then begun anew: nothing of it was kept, as its gradient belongs to its own arrays,
    /// and nothing in it is drawn at random.
    ///
    /// @throws OutOfDeviceMemoryException when a single window is too much
    private StepResult learn(NDManager manager, Adam adam, long step, double rate) {
        while (true) {
            List<Batch> parts = windows.batch(step, partSize);
            try {
                return step(manager, adam, parts, step + 1, rate);
            } catch (OutOfDeviceMemoryException e) {
                Batch part = parts.getFirst();
                if (part.rows() == 1) throw e;
                limitParts(PartSize.bytesOfHalf(spec, part));
                int fewer = partSize.rows(part.targets());
                tell(new TrainingEvent.PartsHalved(step, part.rows(), fewer));
            }
        }
    }

    /// One optimizer step on one batch, whose parts' gradients add up.
    private StepResult step(
            NDManager manager, Adam adam, List<Batch> parts, long number, double rate) {
        long samples = parts.stream().mapToLong(Batch::counted).sum();
        // A scope closes every array made in it: nothing else frees what autograd holds.
        try (NDManager stepManager = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = adam.leaf(stepManager);
            double nats = backpropagate(leaf, parts, samples);
            double norm = adam.step(leaf.getGradient(), number, rate);
            return new StepResult(nats / NATS_PER_BIT, samples, norm);
        }
    }

    /// Adds up the gradients of all parts at the leaf.
    ///
    /// @return the mean loss over all samples, in nats
    private double backpropagate(NDArray leaf, List<Batch> parts, long samples) {
        double nats = 0;
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            for (Batch part : parts) {
                try (NDScope partScope = new NDScope()) {
                    partScope.suppressNotUsedWarning();
                    float share = (float) part.counted() / samples;
                    nats += loss.backpropagate(leaf, part, share, gradients);
                }
            }
        } catch (EngineException e) {
            throw OutOfDeviceMemoryException.isMeantBy(e) ? new OutOfDeviceMemoryException(e) : e;
        }
        return nats;
    }

    /// Held-out bits per sample. No graph is kept: these weights ask for no gradient.
    private double validate(NDManager manager, NDArray weights) {
        double bits = 0;
        long samples = 0;
        for (Batch batch : validation) {
            try (NDManager batchManager = manager.newSubManager();
                    NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray view = weights.duplicate();
                view.attach(batchManager);
                bits += loss.of(view, batch).getFloat() / NATS_PER_BIT * batch.counted();
                samples += batch.counted();
            }
        }
        return bits / samples;
    }
}
