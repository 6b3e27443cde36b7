package wavenet4j.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import wavenet4j.ModelSpec;
import wavenet4j.backend.SilentState;
import wavenet4j.cuda.internal.driver.DeviceMemory;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.plan.Layout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The delay lines of all streams in device memory, `[groups][slots][columns][R]`: float32, or
/// float16 where products are.
final class DelayLineMemory {
    private final DeviceMemory device;
    private final MemorySegment group; // of one group, on the host
    private final Layout layout;
    private final int groups;
    private final int[] lines; // [layers][2]: a layer's first slot, and its slots

    /// @param arena of the host's copy of one group
    DelayLineMemory(Gpu gpu, Arena arena, Layout layout, int groups, int[] lines) {
        this.layout = layout;
        this.groups = groups;
        this.lines = lines;
        int slots = lines[lines.length - 2] + lines[lines.length - 1];
        long bytes = (long) slots * layout.columns() * layout.residual() * layout.elementBytes();
        group = arena.allocate(bytes);
        device = gpu.allocate(Math.max(groups * bytes, 1)); // no bytes where K is 1
    }

    /// The bytes of the host's copy of one group.
    ///
    /// @param streams in all
    static long bytesOfGroup(ModelSpec spec, int streams, int elementBytes) {
        long values = (spec.receptiveField() - 1L) * Layout.padded(spec.trunk().input());
        return values * elementBytes * (streams == 1 ? 1 : Layout.MOST_COLUMNS);
    }

    DeviceMemory device() {
        return device;
    }

    /// Puts every stream into that state.
    void fill(SilentState state) {
        for (int column = 0; column < layout.columns(); column++) fillColumn(column, state);
        for (int g = 0; g < groups; g++) device.write(g * group.byteSize(), group);
    }

    /// Puts one stream into that state.
    void fill(int stream, SilentState state) {
        long at = stream / layout.columns() * group.byteSize();
        if (layout.columns() > 1) device.read(at, group); // the other streams stay
        fillColumn(stream % layout.columns(), state);
        device.write(at, group);
    }

    private void fillColumn(int column, SilentState state) {
        for (int layer = 0; layer < lines.length / 2; layer++) {
            float[] input = state.inputs()[layer];
            for (int i = 0; i < lines[2 * layer + 1]; i++) {
                long slot = (long) lines[2 * layer] + i;
                long first = (slot * layout.columns() + column) * layout.residual();
                for (int r = 0; r < input.length; r++) set(first + r, input[r]);
            }
        }
    }

    private void set(long index, float value) {
        if (layout.strict()) group.setAtIndex(JAVA_FLOAT, index, value);
        else group.setAtIndex(JAVA_SHORT, index, Float.floatToFloat16(value));
    }
}
