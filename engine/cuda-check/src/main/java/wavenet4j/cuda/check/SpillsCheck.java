package wavenet4j.cuda.check;

import wavenet4j.cuda.internal.compile.KernelSource;
import wavenet4j.cuda.internal.driver.Gpu;
import wavenet4j.cuda.internal.driver.Kernel;
import wavenet4j.cuda.internal.driver.Lookup.Found;
import wavenet4j.cuda.internal.driver.Lookup.Missing;
import wavenet4j.cuda.internal.plan.Layout;
import wavenet4j.cuda.internal.plan.Layout.Link;
import wavenet4j.cuda.internal.plan.Plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// Asks the driver what each kernel takes.
///
/// @param counts of streams
record SpillsCheck(List<CheckedNetwork> networks, List<Integer> counts) implements Check {
    @Override
    public String name() {
        return "spills";
    }

    @Override
    public String claim() {
        return "no kernel spills registers into slow memory";
    }

    @Override
    public CheckResult run(CheckedGpu rig, Consumer<String> notes) {
        var layouts = new LinkedHashSet<Layout>();
        int spilling = 0;
        int mostRegisters = 0;
        try (var gpu = rig.open()) {
            for (CheckedNetwork network : networks) {
                for (boolean strict : List.of(false, true)) {
                    for (int count : counts) {
                        for (Link link : Link.values()) {
                            var finding = rig.plan(link, network.spec(), strict, count);
                            if (!(finding instanceof Found<Plan>(var plan))) continue;
                            if (!layouts.add(plan.layout())) continue;
                            try (var kernel = load(rig, gpu, plan.layout())) {
                                mostRegisters = Math.max(mostRegisters, kernel.registers());
                                if (kernel.localBytes() > 0) spilling++;
                                notes.accept(
                                        "%s, %s, groups of %d, %s: %d registers, %d bytes of local memory a thread"
                                                .formatted(
                                                        network.name(),
                                                        strict ? "float32" : "float16",
                                                        plan.layout().columns(),
                                                        link,
                                                        kernel.registers(),
                                                        kernel.localBytes()));
                            }
                        }
                    }
                }
            }
        }
        return CheckResult.of(
                spilling == 0 && !layouts.isEmpty(),
                "%d kernels, %d of them spill, %d registers a thread at most"
                        .formatted(layouts.size(), spilling, mostRegisters));
    }

    private static Kernel load(CheckedGpu rig, Gpu gpu, Layout layout) {
        return switch (rig.images().image(layout, rig.card())) {
            case Found<byte[]>(var image) -> gpu.load(image, KernelSource.FUNCTION);
            case Missing<byte[]>(var reason, var remedy) ->
                    throw new IllegalStateException(reason + "; " + remedy);
        };
    }
}
