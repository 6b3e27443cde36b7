package wavenet4j.backend;

import org.jspecify.annotations.Nullable;

import wavenet4j.Model;
import wavenet4j.Streams;
import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/// Groups of streams side by side, shared out to threads. Streams are numbered through the groups
/// in their order.
public final class ParallelStreams implements Streams {
    private final List<Streams> groups;
    private final int[] first; // stream of each group; the last entry is their number
    private final int[][][] levels; // of each group, the arrays of its streams
    private final List<Helper> helpers = new ArrayList<>();
    private final int threads;

    /// The groups as one: the group itself where there is but one.
    ///
    /// @param groups at least one, all of one model and on one thread each
    /// @param threads to share them out to, the caller's included
    public static Streams of(List<Streams> groups, int threads) {
        return groups.size() == 1 ? groups.getFirst() : new ParallelStreams(groups, threads);
    }

    private ParallelStreams(List<Streams> groups, int threads) {
        this.groups = List.copyOf(groups);
        this.threads = Math.clamp(threads, 1, groups.size());
        first = new int[groups.size() + 1];
        levels = new int[groups.size()][][];
        for (int g = 0; g < groups.size(); g++) {
            first[g + 1] = first[g] + groups.get(g).count();
            levels[g] = new int[groups.get(g).count()][];
        }
        for (int t = 1; t < this.threads; t++) helpers.add(new Helper(t));
    }

    @Override
    public Model model() {
        return groups.getFirst().model();
    }

    @Override
    public int count() {
        return first[groups.size()];
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void reset(int stream, Take take) {
        int g = groupOf(stream);
        groups.get(g).reset(stream - first[g], take);
    }

    @Override
    public void steer(int stream, Sampling sampling) {
        int g = groupOf(stream);
        groups.get(g).steer(stream - first[g], sampling);
    }

    @Override
    public void label(int stream, Map<String, Float> labels) {
        int g = groupOf(stream);
        groups.get(g).label(stream - first[g], labels);
    }

    @Override
    public void prime(int stream, int[] levels, int from, int to) {
        int g = groupOf(stream);
        groups.get(g).prime(stream - first[g], levels, from, to);
    }

    @Override
    public void prime(int[][] levels, int from, int to) {
        run(Task.PRIME, levels, from, to);
    }

    @Override
    public void generate(int[][] levels, int from, int to) {
        run(Task.GENERATE, levels, from, to);
    }

    @Override
    public void outputs(int stream, float[] into) {
        int g = groupOf(stream);
        groups.get(g).outputs(stream - first[g], into);
    }

    @Override
    public void close() {
        for (Helper helper : helpers) helper.end();
        groups.forEach(Streams::close);
    }

    private int groupOf(int stream) {
        Objects.checkIndex(stream, count());
        int g = 0;
        while (stream >= first[g + 1]) g++;
        return g;
    }

    private enum Task {
        PRIME,
        GENERATE
    }

    private void run(Task task, int[][] all, int from, int to) {
        for (int g = 0; g < levels.length; g++) {
            System.arraycopy(all, first[g], levels[g], 0, levels[g].length);
        }
        // By index throughout: an iterator would be allocated.
        for (int t = 1; t < threads; t++) helpers.get(t - 1).begin(task, from, to);
        Throwable failure = null;
        try {
            runShare(0, task, from, to);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (int t = 1; t < threads; t++) {
            Throwable helpers = this.helpers.get(t - 1).await();
            if (failure == null) failure = helpers;
        }
        if (failure instanceof RuntimeException e) throw e;
        if (failure instanceof Error e) throw e;
    }

    /// The groups of one thread, one after the other.
    private void runShare(int thread, Task task, int from, int to) {
        for (int g = thread; g < levels.length; g += threads) {
            switch (task) {
                case PRIME -> groups.get(g).prime(levels[g], from, to);
                case GENERATE -> groups.get(g).generate(levels[g], from, to);
            }
        }
    }

    /// A thread that waits for work between the calls.
    private final class Helper {
        private final int number;
        private final Thread thread;
        private @Nullable Thread caller;
        private Task task = Task.GENERATE;
        private int from;
        private int to;
        private @Nullable Throwable failure;
        private volatile boolean working; // written last, and read first, of all the above
        private volatile boolean ended;

        Helper(int number) {
            this.number = number;
            thread = new Thread(this::work, "wavenet4j streams " + number);
            thread.setDaemon(true);
            thread.start();
        }

        void begin(Task task, int from, int to) {
            this.task = task;
            this.from = from;
            this.to = to;
            caller = Thread.currentThread();
            failure = null;
            working = true;
            LockSupport.unpark(thread);
        }

        @Nullable Throwable await() {
            while (working) LockSupport.park(this);
            return failure;
        }

        void end() {
            ended = true;
            LockSupport.unpark(thread);
        }

        private void work() {
            while (!ended) {
                if (!working) {
                    LockSupport.park(this);
                    continue;
                }
                try {
                    runShare(number, task, from, to);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                Thread waiting = caller;
                working = false;
                LockSupport.unpark(waiting);
            }
        }
    }
}
