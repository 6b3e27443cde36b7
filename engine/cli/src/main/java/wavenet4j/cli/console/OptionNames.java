package wavenet4j.cli.console;

import wavenet4j.train.names.OtherNames;

/// What other programs call the options of the commands. An option here that ends in `=` is
/// followed by the value.
public final class OptionNames {
    /// Those of `wavenet-sample`.
    public static final OtherNames SAMPLE =
            new OtherNames(
                    """
                    --seconds=  length duration sec secs time audiolength
                    --seconds=  samples numsamples nsamples maxlength
                    --takes=  n count num batch batchsize numtakes
                    --temperature=  temp t
                    --out=  output outputfile outfile file wav wavoutpath save
                    --label=  speaker voice condition conditioning class gcid
                    --prime=  prompt input audioprompt wavseed primer
                    --backend=  device
                    the MODEL, named without an option  model checkpoint ckpt weights modelpath
                    """);

    /// Those of `wavenet-train`.
    public static final OtherNames TRAIN =
            new OtherNames(
                    """
                    --data=  dataset datasetpath datadir datapath datafolder input inputdir traindata dir folder
                    --out=  output outputdir outdir savedir logdir checkpointdir rundir name
                    --resume=  resumefrom restore restorefrom load loadcheckpoint checkpoint ckpt continue
                    --from=  pretrained finetune init initfrom basemodel
                    --steps=  maxsteps numsteps trainsteps iterations iters numiters
                    --minutes=  time maxtime
                    --steps or --minutes; --dry-run tells the steps of an epoch  epochs epoch numepochs maxepochs
                    --labels=  conditioning speakers
                    --device gpu  gpu cuda gpus usegpu
                    --device cpu  cpu nocuda usecpu
                    --threads=  numthreads cpus
                    --config=  preset configfile
                    """);

    /// Those of `wavenet-eval`.
    public static final OtherNames EVAL =
            new OtherNames(
                    """
                    --data=  dataset datadir datapath input dir folder
                    --takes=  n count num samples numsamples
                    --seconds=  length duration sec secs
                    --temperature=  temp t
                    --out=  output outputdir outdir savedir
                    --scores=  midi mididir musicxml notes corpus
                    --held-out  split test testset validation heldout
                    --backend=  device
                    the MODEL, named without an option  model checkpoint ckpt weights modelpath
                    """);

    /// Those of `wavenet-compose`.
    public static final OtherNames COMPOSE =
            new OtherNames(
                    """
                    --style=  data dataset corpus datadir datapath input dir folder
                    --bars=  measures length numbars
                    --takes=  n count num samples numsamples numoutputs
                    --fix=  partial primer prime given
                    --out=  output outputfile outfile file save
                    --tempo=  bpm qpm speed
                    --meter=  time timesignature signature
                    --no-copy-longer-than=  maxcopy maxorder nocopy
                    """);

    private OptionNames() {}
}
