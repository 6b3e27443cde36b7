package wavenet4j.train.names;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// Keys of the configuration as users write them: dotted, or their last part alone where one key
/// has it.
public final class KeyNames {
    /// What other programs call keys.
    public static final OtherNames OTHERS =
            new OtherNames(
                    """
                    training.batch  batchsize trainbatchsize bs minibatch
                    training.learningRate  lr maxlr initlr
                    training.steps  maxsteps numsteps trainsteps iterations iters numiters maxiters
                    training.steps or training.minutes  epochs numepochs maxepochs epoch
                    training.warmupSteps  warmup numwarmupsteps warmupiters
                    training.finalRate  minlr finallr
                    training.clipNorm  clip gradclip clipgradnorm maxgradnorm gradientclip gradientclipval
                    training.averaging  ema emadecay
                    training.optimizer  optim opt
                    training.window  segmentlength segmentsize seqlen sequencelength samplesize windowsize chunksize
                    training.patience  earlystopping earlystoppingpatience
                    training.validateEvery  evalsteps evalevery evalinterval valinterval
                    training.checkpointEvery  savesteps saveevery saveinterval checkpointinterval
                    training.checkpointsKept  savetotallimit savetopk
                    training.matmulPrecision  amp fp16 bf16 precision mixedprecision
                    training.seed  randomseed manualseed
                    network.sampleRate  sr samplingrate fs
                    network.levels  classes numclasses quantizationchannels
                    network.channels.residual  residualchannels
                    network.channels.gate  gatechannels dilationchannels
                    network.channels.skip  skipchannels
                    network.channels.head  headchannels endchannels
                    network.kernelSize  filterwidth
                    network.dilations, such as 2 x 1..512  layers numlayers blocks numblocks stacks dilationdepth
                    data.heldOut  valsplit validationsplit valfraction testsize
                    data.trimDb  silencethreshold trimsilence
                    """);

    private static final int MOST_SLIPS = 3;

    private KeyNames() {}

    /// The key that is meant; the name itself where it is below a key.
    ///
    /// @param keys all there are, dotted, those of groups included
    /// @throws IllegalArgumentException when it is none or may be several, with those meant
    public static String resolve(String name, Collection<String> keys) {
        if (keys.contains(name)) return name;
        List<String> ending = keys.stream().filter(key -> key.endsWith("." + name)).toList();
        if (ending.size() == 1) return ending.getFirst();
        if (ending.size() > 1) {
            throw new IllegalArgumentException(
                    "the key %s may mean %s; give the whole name"
                            .formatted(name, String.join(" or ", ending)));
        }
        if (keys.contains(name.replaceFirst("\\.[^.]*$", ""))) return name;
        throw unknown(name, keys);
    }

    /// The key that an option of another program stands for: by what others call it, or by its own
    /// name, of which the last part may do; null where there is none.
    ///
    /// @param keys all there are, dotted, those of groups included
    public static @Nullable String ofOption(String option, Collection<String> keys) {
        String other = OTHERS.find(option);
        if (other != null) return other;
        String plain = OtherNames.plain(option);
        List<String> named =
                keys.stream()
                        .filter(key -> keys.stream().noneMatch(of -> of.startsWith(key + ".")))
                        .filter(key ->
                                plain.equals(OtherNames.plain(key))
                                        || plain.equals(OtherNames.plain(last(key))))
                        .toList();
        return named.size() == 1 ? named.getFirst() : null;
    }

    /// The error about a key that there is none of, with the one that is meant, or else those
    /// beside it.
    public static IllegalArgumentException unknown(String name, Collection<String> keys) {
        return new IllegalArgumentException(
                "the configuration has no key %s; %s".formatted(name, hint(name, keys)));
    }

    private static String hint(String name, Collection<String> keys) {
        String here = OTHERS.find(last(name));
        if (here != null) return "here it is " + here;
        List<String> near = near(name, keys);
        if (!near.isEmpty()) return "did you mean " + String.join(" or ", near) + "?";
        String group = name.substring(0, name.length() - last(name).length());
        List<String> beside = keys.stream().filter(key -> isDirectlyIn(group, key)).toList();
        if (beside.isEmpty()) beside = keys.stream().filter(key -> isDirectlyIn("", key)).toList();
        return "there are " + String.join(", ", beside);
    }

    private static boolean isDirectlyIn(String group, String key) {
        return key.startsWith(group) && key.indexOf('.', group.length()) < 0;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// Those with the fewest slips of the pen, in the whole name or in its last part.
    private static List<String> near(String name, Collection<String> keys) {
        var bySlips = new TreeMap<Integer, List<String>>();
        for (String key : keys) {
            int slips = Math.min(slips(name, key), slips(last(name), last(key)));
            if (slips < Integer.MAX_VALUE) {
                bySlips.computeIfAbsent(slips, _ -> new ArrayList<>()).add(key);
            }
        }
        return bySlips.isEmpty() ? List.of() : bySlips.firstEntry().getValue();
    }

    /// The letters added, left out or replaced; the highest number where these are many.
    private static int slips(String name, String key) {
        String plain = OtherNames.plain(name);
        int slips = distance(plain, OtherNames.plain(key));
        return slips <= Math.min(MOST_SLIPS, plain.length() / 3) ? slips : Integer.MAX_VALUE;
    }

    /// Levenshtein's.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) row[j] = j;
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
