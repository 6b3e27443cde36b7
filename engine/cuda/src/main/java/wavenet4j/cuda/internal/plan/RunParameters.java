package wavenet4j.cuda.internal.plan;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import wavenet4j.ModelSpec;
import wavenet4j.backend.StreamState;
import wavenet4j.cuda.internal.driver.DeviceMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The bytes of the kernel's `Run` and `StreamParameters`, in the order of `run.cuh`.
public final class RunParameters {
    /// The error code of a run that succeeded.
    public static final int SUCCESS = 0;

    /// The error code of a run in which a block waited too long for another.
    public static final int TIMED_OUT = 1;

    /// The size of the kernel's `StreamParameters`.
    public static final int STREAM_BYTES = 40;

    private static final int POINTERS = 15;
    private static final int NUMBERS = 14;

    /// The pointers, then the patience.
    private static final long NUMBERS_AT = (POINTERS + 1) * (long) Long.BYTES;

    private static final long BYTES = NUMBERS_AT + NUMBERS * (long) Integer.BYTES;

    private static final int TICKS =
            10; // the place of this number; the next is whether they are fed

    private final MemorySegment bytes;

    /// Parameters in that arena, all zero.
    public RunParameters(Arena arena) {
        bytes = arena.allocate(BYTES, Long.BYTES);
    }

    /// The kernel's `Run`.
    public MemorySegment bytes() {
        return bytes;
    }

    /// Sets the device addresses, in the order of the fields.
    public void pointers(DeviceMemory... memories) {
        if (memories.length != POINTERS) throw new AssertionError("a field is missing");
        for (int i = 0; i < POINTERS; i++) {
            bytes.setAtIndex(JAVA_LONG, i, memories[i].address());
        }
    }

    /// Sets how long a block waits for another before the run fails, in nanoseconds.
    public void patience(long nanoseconds) {
        bytes.setAtIndex(JAVA_LONG, POINTERS, nanoseconds);
    }

    /// Sets the sizes, which are the same for all runs.
    ///
    /// @param lineSlots of all delay lines of a stream
    public void shape(ModelSpec spec, Plan plan, int lineSlots) {
        number(0, spec.layers());
        number(1, plan.layout().pastTaps());
        number(2, spec.levels());
        number(3, lineSlots);
        number(4, plan.groups());
        number(5, plan.pipelines());
        number(6, plan.blocks());
        number(7, plan.hiddenRank());
        number(8, plan.outputRank());
        number(9, plan.residentUnits());
        number(12, plan.layout().sharedBytes());
        number(13, plan.layout().mailboxBytes());
    }

    /// Sets what differs from run to run.
    ///
    /// @param feed whether levels are fed, not picked
    public void run(int ticks, boolean feed) {
        number(TICKS, ticks);
        number(TICKS + 1, feed ? 1 : 0);
    }

    private void number(int index, int value) {
        bytes.set(JAVA_INT, NUMBERS_AT + index * (long) Integer.BYTES, value);
    }

    /// Writes the kernel's `StreamParameters` of one stream.
    ///
    /// @param time ticks since the stream was opened
    /// @param active whether it takes part in the run
    public static void stream(
            MemorySegment streams, int stream, StreamState state, long time, boolean active) {
        var to = streams.asSlice((long) stream * STREAM_BYTES, STREAM_BYTES);
        to.set(JAVA_LONG, 0, state.seed());
        to.set(JAVA_LONG, 8, state.position());
        to.set(JAVA_LONG, 16, time);
        to.set(JAVA_FLOAT, 24, state.sampling().temperature());
        to.set(JAVA_FLOAT, 28, state.sampling().topP());
        to.set(JAVA_INT, 32, state.sampling().topK());
        to.set(JAVA_INT, 36, active ? 1 : 0);
    }
}
