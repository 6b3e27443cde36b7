package wavenet4j.cuda.internal.plan;

import wavenet4j.ModelSpec;
import wavenet4j.cuda.internal.driver.Lookup;

/// Chooses how a network is laid out on the GPU: [Planner#plan], or a layout that a test asks for.
@FunctionalInterface
public interface Planning {
    /// The plan for so many streams, or why there is none.
    Lookup<Plan> plan(Planner planner, ModelSpec spec, boolean strict, int streams);
}
