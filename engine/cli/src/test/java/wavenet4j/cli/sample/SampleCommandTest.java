package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.Generator;
import wavenet4j.Model;
import wavenet4j.Take;
import wavenet4j.audio.Clip;
import wavenet4j.audio.decode.AudioReader;
import wavenet4j.audio.out.Speaker;
import wavenet4j.audio.testing.FakeLine;
import wavenet4j.cli.Main;
import wavenet4j.cli.console.CommandLines;
import wavenet4j.cli.console.Console;
import wavenet4j.cli.testing.Outcome;
import wavenet4j.cli.testing.TinyModels;
import wavenet4j.distribution.Distribution;
import wavenet4j.info.ModelInfo;
import wavenet4j.info.SamplingDefaults;
import wavenet4j.info.TrainingFacts;
import wavenet4j.reference.ReferenceBackend;
import wavenet4j.spec.Precision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

final class SampleCommandTest {
    @TempDir Path folder;
    private Path model = Path.of("");
    private Path labelled = Path.of("");

    @BeforeEach
    void writeModels() throws IOException {
        model = folder.resolve("tiny.safetensors");
        TinyModels.model(List.of(), TinyModels.trained(new TrainingFacts(3, 0.5, 5.5))).save(model);
        labelled = folder.resolve("labelled.safetensors");
        TinyModels.model(List.of("digit=7", "speaker=theo", "speaker=7b"), ModelInfo.NONE)
                .save(labelled);
    }

    private Outcome sample(Path model, String... options) {
        var args = new ArrayList<>(List.of("wavenet-sample", model.toString()));
        args.addAll(List.of(options));
        boolean named = args.stream().anyMatch(arg -> arg.startsWith("--backend"));
        if (!named) args.add("--backend=reference");
        return Outcome.of(args.toArray(String[]::new));
    }

    private Path wav(String name) {
        return folder.resolve(name + ".wav");
    }

    /// What follows the head of the data chunk, to the end of the file.
    private static byte[] pcm(Path wav) throws IOException {
        return pcm(Files.readAllBytes(wav));
    }

    private static byte[] pcm(byte[] wav) {
        int data = new String(wav, StandardCharsets.ISO_8859_1).indexOf("data");
        return Arrays.copyOfRange(wav, data + 8, wav.length);
    }

    /// The comment in the file, pasted as a command, with another output.
    @Test
    void theFileAndThePictureTellHowTheTakeIsMadeAgain() throws IOException {
        Outcome first =
                sample(
                        labelled,
                        "--seconds=0.1",
                        "--takes=2",
                        "--temperature=1,0.7",
                        "--top-p=0.9",
                        "--label=7,theo=0.3",
                        "--precision=bfloat16",
                        "--out=" + wav("first"));
        assertThat(first.status()).as(first.err()).isZero();
        String head = Files.readString(wav("first-2"), StandardCharsets.ISO_8859_1);
        String told = head.replaceFirst("(?s).*ICMT....([^\\x00]*)\\x00.*", "$1");
        assertThat(told)
                .startsWith("wavenet-sample " + labelled + " --seed ")
                .contains(" --temperature 0.7 --top-p 0.9 ", "--label speaker=theo=0.3");
        assertThat(Files.readString(folder.resolve("first-2.png"), StandardCharsets.ISO_8859_1))
                .contains(told);
        var words = new ArrayList<>(List.of(told.split(" ")));
        words.add("--out=" + wav("again"));
        Outcome again = Outcome.of(words.toArray(String[]::new));
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(Files.readAllBytes(wav("again"))).isEqualTo(Files.readAllBytes(wav("first-2")));
        sample(labelled, "--seconds=0.1", "--no-label", "--from-silence", "--out=" + wav("bare"));
        assertThat(Files.readString(wav("bare"), StandardCharsets.ISO_8859_1))
                .contains(" --from-silence --backend reference --no-label\0");
    }

    @Test
    void aSeedGivesTheSameFileAndAnotherSeedAnother() throws IOException {
        for (String[] take : new String[][] {{"a", "7"}, {"b", "7"}, {"c", "8"}}) {
            Outcome outcome =
                    sample(model, "--seconds=0.25", "--seed=" + take[1], "--out=" + wav(take[0]));
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.err()).contains("--seed " + take[1], "samples/s", "times real time");
        }
        assertThat(Files.readAllBytes(wav("a"))).isEqualTo(Files.readAllBytes(wav("b")));
        assertThat(pcm(wav("a"))).isNotEqualTo(pcm(wav("c")));
        Clip clip = AudioReader.read(wav("a"));
        assertThat(clip.sampleRate()).isEqualTo(TinyModels.RATE);
        assertThat(clip.samples()).hasSize(TinyModels.RATE / 4);
        assertThat(folder.resolve("a.png")).isNotEmptyFile();
    }

    @Test
    void theSeedThatIsPrintedGivesTheTakeAgain() throws IOException {
        Outcome first = sample(model, "--seconds=0.1", "--out=" + wav("first"));
        String seed = first.err().replaceFirst("(?s).*--seed (\\d+).*", "$1");
        sample(model, "--seconds=0.1", "--seed=" + seed, "--out=" + wav("again"));
        assertThat(Files.readAllBytes(wav("again"))).isEqualTo(Files.readAllBytes(wav("first")));
    }

    @Test
    void aModelsOwnTemperatureIsTakenWhereNoneIsNamed() throws IOException {
        Path own = folder.resolve("own.safetensors");
        Model plain = Model.load(model);
        plain.with(plain.info().with(new SamplingDefaults(0.5f))).save(own);
        Outcome outcome = sample(own, "--seconds=0.1", "--seed=7", "--out=" + wav("own"));
        assertThat(outcome.err()).contains("--seed 7 --temperature 0.5");
        sample(own, "--seconds=0.1", "--seed=7", "--temperature=1", "--out=" + wav("one"));
        sample(model, "--seconds=0.1", "--seed=7", "--temperature=0.5", "--out=" + wav("half"));
        assertThat(pcm(wav("own"))).isEqualTo(pcm(wav("half")));
        assertThat(pcm(wav("own"))).isNotEqualTo(pcm(wav("one")));
    }

    @Test
    void takesMadeTogetherAreThoseMadeAlone() throws IOException {
        Outcome outcome =
                sample(
                        model,
                        "--seconds=0.1",
                        "--takes=10",
                        "--seed=7",
                        "--temperature=1,0.5",
                        "--out=" + wav("many"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("--seed 7 to 16 --temperature 1.0,0.5", "10 times 0.10");
        for (int n = 1; n <= 10; n++) {
            String alone = "alone" + n;
            sample(
                    model,
                    "--seconds=0.1",
                    "--seed=" + (6 + n),
                    "--temperature=" + (n % 2 == 1 ? 1 : 0.5),
                    "--out=" + wav(alone));
            String numbered = "many-%02d".formatted(n);
            assertThat(pcm(wav(numbered))).isEqualTo(pcm(wav(alone)));
            assertThat(folder.resolve(numbered + ".png")).isNotEmptyFile();
        }
        assertThat(wav("many")).doesNotExist();
    }

    @Test
    void severalTakesNeedFilesToGoTo() {
        for (String[] options :
                new String[][] {
                    {"--takes=2", "--out=-"},
                    {"--takes=2", "--play"},
                    {"--takes=0", "--out=" + wav("none")},
                    {"--takes=100000", "--out=" + wav("many")}
                }) {
            Outcome outcome = sample(model, options);
            assertThat(outcome.status()).isNotZero();
            assertThat(outcome.err()).contains("--takes").hasLineCount(1);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.wav");
    }

    /// Its 16-bit levels are the values of the file.
    @Test
    void aMixtureWritesWhatItDrew() throws IOException {
        Model net =
                TinyModels.model(new Distribution.LogisticMixture(5), List.of(), ModelInfo.NONE);
        Path mixture = folder.resolve("mixture.safetensors");
        net.save(mixture);
        Outcome outcome = sample(mixture, "--seconds=0.25", "--seed=7", "--out=" + wav("mixture"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        var levels = new int[TinyModels.RATE / 4];
        try (Generator generator = new ReferenceBackend().open(net, Precision.FLOAT32, 1)) {
            generator.reset(Take.ofSeed(7));
            generator.generate(levels, 0, levels.length);
        }
        var pcm =
                ByteBuffer.wrap(pcm(wav("mixture"))).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int level : levels) assertThat(pcm.get() + 32768).isEqualTo(level);
        assertThat(pcm.hasRemaining()).isFalse();
    }

    @Test
    void aMixtureRefusesTopKAndTopPInOneSentence() throws IOException {
        Path mixture = folder.resolve("mixture.safetensors");
        TinyModels.model(new Distribution.LogisticMixture(5), List.of(), ModelInfo.NONE)
                .save(mixture);
        for (String option : List.of("--top-k=10", "--top-p=0.9")) {
            Outcome outcome = sample(mixture, option, "--out=" + wav("none"));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("top-k and top-p", "a mixture of 5 logistics", "temperature")
                    .hasLineCount(1);
        }
        assertThat(wav("none")).doesNotExist();
    }

    @Test
    void aPrecisionThatTheBackendLacksIsOneSentence() {
        Outcome outcome =
                Outcome.of(
                        "wavenet-sample",
                        model.toString(),
                        "--backend=cpu",
                        "--precision=float16",
                        "--out=" + wav("none"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("the backend cpu runs float32", "weights, not float16")
                .hasLineCount(2); // the model, then that
        assertThat(wav("none")).doesNotExist();
    }

    @Test
    void theBackendLineNamesThePrecisionAskedFor() {
        Outcome outcome =
                sample(model, "--precision=int8", "--seconds=0.05", "--out=" + wav("int8"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("reference, int8 weights");
    }

    @Test
    void theThreadsChangeTheSpeedAlone() throws IOException {
        for (String threads : List.of("1", "2")) {
            Outcome outcome =
                    Outcome.of(
                            "wavenet-sample",
                            "--backend=cpu",
                            "--threads=" + threads,
                            "--seconds=0.1",
                            "--seed=7",
                            "--out=" + wav(threads));
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.err()).contains(", " + threads + " thread");
        }
        assertThat(pcm(wav("1"))).isEqualTo(pcm(wav("2")));
    }

    @Test
    void standardOutputStreamsTheSameSamplesAsTheFile() throws IOException {
        sample(model, "--seconds=0.5", "--seed=3", "--out=" + wav("file"));
        Outcome streamed = sample(model, "--seconds=0.5", "--seed=3", "--out=-");
        assertThat(streamed.status()).isZero();
        assertThat(pcm(streamed.out())).isEqualTo(pcm(wav("file")));
        assertThat(Arrays.copyOf(streamed.out(), 4))
                .isEqualTo("RIFF".getBytes(StandardCharsets.US_ASCII));
        assertThat(streamed.err()).contains("samples/s").doesNotContain("wrote");
    }

    @Test
    void aClosedPipeEndsQuietly() {
        var pipe =
                new OutputStream() {
                    private int taken;

                    @Override
                    public void write(int b) throws IOException {
                        if (++taken > 2000) throw new IOException("Broken pipe");
                    }
                };
        var err = new ByteArrayOutputStream();
        var printed = new PrintStream(err, true, StandardCharsets.UTF_8);
        var console =
                new Console(pipe, printed, 0, Speaker::open, CommandLines.plain("wavenet-sample"));
        String[] args = {
            "wavenet-sample", model.toString(), "--backend=reference", "--seconds=100", "--out=-"
        };
        assertThat(Main.run(console, args)).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .doesNotContain("Broken pipe", "wavenet-sample:", "warning");
    }

    private Outcome play(FakeLine line, String... options) {
        var args = new ArrayList<>(List.of("wavenet-sample", model.toString(), "--play"));
        args.add("--backend=reference");
        args.addAll(List.of(options));
        return Outcome.of(PlayingProgram.soundOn(line), args.toArray(String[]::new));
    }

    @Test
    void playingSoundsLikeTheFileThatIsStillWritten() throws IOException {
        var line = new FakeLine();
        Outcome outcome = play(line, "--seconds=0.7", "--seed=3", "--out=" + wav("played"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        sample(model, "--seconds=0.7", "--seed=3", "--out=" + wav("quiet"));
        byte[] file = Files.readAllBytes(wav("played"));
        assertThat(file).isEqualTo(Files.readAllBytes(wav("quiet")));
        assertThat(line.sound()).isEqualTo(pcm(wav("played")));
        assertThat(line.calls()).containsExactly("open", "start", "drain", "close");
        assertThat(outcome.err()).doesNotContain("paused");
    }

    @Test
    void aTakeMayBePlayedAlone() throws IOException {
        var line = new FakeLine();
        Outcome outcome = play(line, "--seconds=0.5", "--out=none");
        assertThat(outcome.err()).contains("played").doesNotContain("wrote");
        assertThat(outcome.out()).isEmpty();
        assertThat(line.sound()).hasSize(TinyModels.RATE);
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.toString().endsWith(".safetensors"))).isEmpty();
        }
        assertThat(sample(model, "--out=none").err()).contains("only with --play");
    }

    @Test
    void aLoopSlowerThanRealTimeIsTold() {
        var dry = new FakeLine();
        dry.playAtOnceWhenStarted();
        Outcome outcome = play(dry, "--seconds=2", "--out=" + wav("slow"));
        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).contains("slower than real time", "paused 14 times");
    }

    @Test
    void anInterruptionIsSilenceAtOnceAndAValidFile() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                PlayingProgram.class.getName(),
                                "wavenet-sample",
                                model.toString(),
                                "--backend=reference",
                                "--play",
                                "--seconds=100000",
                                "--out=" + wav("interrupted"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var calls = process.inputReader()) {
            assertThat(calls.readLine()).isEqualTo("open");
            assertThat(calls.readLine()).isEqualTo("start");
            process.toHandle().destroy(); // what Ctrl-C does; the output stays open
            assertThat(calls.readLine()).isEqualTo("stop");
            assertThat(calls.readLine()).isEqualTo("flush");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Clip clip = AudioReader.read(wav("interrupted"));
        assertThat(clip.samples().length).isGreaterThanOrEqualTo(TinyModels.RATE / 2);
        assertThat(pcm(wav("interrupted"))).hasSize(2 * clip.samples().length);
    }

    @Test
    void aMachineWithoutSoundIsToldTheRemedy() {
        Outcome outcome = sample(model, "--play", "--out=" + wav("silent"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .last()
                .asString()
                .contains("tests make no sound; leave out --play", "--out - | aplay");
        assertThat(wav("silent")).doesNotExist();
    }

    @Test
    void aTakeGoesOnFromTheEndOfItsPrime() throws IOException {
        float[] tone = TinyModels.tone(200, 2 * TinyModels.RATE);
        Path prime = TinyModels.write(wav("prime"), tone);
        // The end of the recording, alone in a file, is the same prime.
        Path end =
                TinyModels.write(
                        wav("end"), Arrays.copyOfRange(tone, TinyModels.RATE, 2 * TinyModels.RATE));
        String[] rest = {"--seconds=0.2", "--seed=1", "--prime-seconds=1"};
        sample(model, rest[0], rest[1], rest[2], "--prime=" + prime, "--out=" + wav("a"));
        sample(model, rest[0], rest[1], rest[2], "--prime=" + end, "--out=" + wav("b"));
        sample(model, rest[0], rest[1], "--out=" + wav("none"));
        assertThat(pcm(wav("a"))).isEqualTo(pcm(wav("b")));
        assertThat(pcm(wav("a"))).isNotEqualTo(pcm(wav("none")));
    }

    @Test
    void theFileHasThePrimeOnlyWhenItIsKept() throws IOException {
        Path prime = TinyModels.write(wav("prime"), TinyModels.tone(200, TinyModels.RATE));
        String[] rest = {"--seconds=0.2", "--prime-seconds=0.5", "--prime-until=0.75"};
        Outcome kept =
                sample(
                        model,
                        rest[0],
                        rest[1],
                        rest[2],
                        "--prime=" + prime,
                        "--keep-prime",
                        "--out=" + wav("kept"));
        sample(model, rest[0], rest[1], rest[2], "--prime=" + prime, "--out=" + wav("new"));
        assertThat(kept.err()).contains("from 0.25 s to 0.75 s of 1.00 s");
        assertThat(AudioReader.read(wav("new")).samples()).hasSize(TinyModels.RATE / 5);
        assertThat(AudioReader.read(wav("kept")).samples())
                .hasSize(TinyModels.RATE / 5 + TinyModels.RATE / 2);
    }

    @Test
    void aLabelMayBeGivenByItsValue() throws IOException {
        sample(
                labelled,
                "--seconds=0.1",
                "--seed=1",
                "--label=digit=7",
                "--label=speaker=theo",
                "--out=" + wav("a"));
        Outcome outcome =
                sample(
                        labelled,
                        "--seconds=0.1",
                        "--seed=1",
                        "--label=7,theo",
                        "--out=" + wav("b"));
        sample(labelled, "--seconds=0.1", "--seed=1", "--no-label", "--out=" + wav("none"));
        assertThat(outcome.err()).contains("--label digit=7", "--label speaker=theo");
        assertThat(pcm(wav("a"))).isEqualTo(pcm(wav("b")));
        assertThat(pcm(wav("a"))).isNotEqualTo(pcm(wav("none")));
    }

    @Test
    void aShareWeighsALabel() throws IOException {
        Outcome half = labelled("half", "--label=theo=0.5", "--label=digit=7=0.25");
        assertThat(half.status()).as(half.err()).isZero();
        assertThat(half.err()).contains("--label digit=7=0.25 --label speaker=theo=0.5");
        labelled("list", "--label=7=0.25,speaker=theo=0.5");
        labelled("whole", "--label=theo,digit=7");
        labelled("one", "--label=theo=1,7=1e0");
        labelled("zero", "--label=theo=0");
        labelled("without", "--no-label");
        assertThat(pcm(wav("list"))).isEqualTo(pcm(wav("half")));
        assertThat(pcm(wav("whole"))).isNotEqualTo(pcm(wav("half")));
        assertThat(pcm(wav("one"))).isEqualTo(pcm(wav("whole")));
        assertThat(pcm(wav("zero"))).isEqualTo(pcm(wav("without")));
    }

    @Test
    void takesMayHaveLabelsOfTheirOwn() throws IOException {
        String given = "--label=theo/7b=0.5,theo=0.5";
        Outcome many = labelled("many", "--takes=3", "--label=7", given);
        assertThat(many.status()).as(many.err()).isZero();
        assertThat(many.err()).contains("--label 7 --label theo/7b=0.5,theo=0.5");
        labelled("alone1", "--label=7,theo");
        labelled("alone2", "--seed=2", "--label=7", "--label=7b=0.5", "--label=theo=0.5");
        labelled("alone3", "--seed=3", "--label=7,theo");
        for (int n = 1; n <= 3; n++) {
            assertThat(pcm(wav("many-" + n))).isEqualTo(pcm(wav("alone" + n)));
        }
    }

    private Outcome labelled(String name, String... options) {
        var all = new ArrayList<>(List.of("--seconds=0.1", "--out=" + wav(name)));
        all.addAll(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith("--seed="))) all.add("--seed=1");
        return sample(labelled, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --label=nine           | has no label nine; it has digit=7, speaker=theo
                    --label=digit=8        | has no label digit=8; it has digit=7, speaker=theo
                    --label=nine=0.5       | has no label nine=0.5; it has digit=7, speaker=theo
                    --label=theo=much      | the share of the label theo is "much"; it must be a finite
                    --label=7=             | the share of the label 7 is ""; it must be a finite number
                    --label=digit=7=NaN    | the share of the label digit=7 is "NaN"; it must be a
                    --label=theo=1e99      | the share of the label theo is "1e99"; it must be a finite
                    --label=theo,theo=0.5  | --label gives speaker=theo twice; give it once
                    --temperature=-1       | the temperature is -1.0; it must be between
                    --top-k=-1             | top-k is -1
                    --top-p=0              | top-p is 0.0
                    --seconds=0            | --seconds is 0.0; it must be above 0
                    --seconds=NaN          | --seconds is NaN
                    --threads=0            | --threads is 0; it must be 1 or more
                    --backend=abacus       | there is no backend abacus; installed are
                    --prime=missing.wav    | missing.wav: there is no such file
                    --keep-prime           | there is none
                    --second=3             | there is no option --second; did you mean --seconds
                    --length=3             | there is no option --length; here it is --seconds=3
                    --top_k=3              | there is no option --top_k; here it is --top-k
                    --label=7=0,5          | write 7=0.5 for the one, and --label 7=0 --label 5 for
                    --label=theo,7=0,5     | write 7=0.5 for the one, and --label 7=0 --label 5 for
                    --label=theo/7b        | labels for 2 takes, one after the other, and --takes is 1
                    --temperature=0.9,1    | --temperature names 2 and --takes is 1; --takes 2 makes one
                    --seconds=0,5          | is not a double; a decimal is written with a point
                    --seconds=long         | Invalid value for option '--seconds'
                    """)
    void aBadOptionIsOneSentenceAndLeavesNoFile(String option, String sentence) {
        Outcome outcome = sample(labelled, option, "--out=" + wav("bad"));
        assertThat(outcome.status()).isPositive();
        assertThat(outcome.err()).contains("wavenet-sample: ", sentence).doesNotContain("\tat ");
        assertThat(wav("bad")).doesNotExist();
    }

    @Test
    void aPrimeOfNoSamplesIsRefused() throws IOException {
        Path empty = TinyModels.write(wav("empty"), new float[0]);
        Outcome outcome = sample(model, "--prime=" + empty, "--out=" + wav("bad"));
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains(empty + " has no samples to go on from");
        assertThat(wav("bad")).doesNotExist();
    }

    @Test
    void anUnknownOptionGetsASuggestion() {
        assertThat(sample(model, "--secnds=3").err()).contains("--seconds");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidBeforeAnyWork() {
        Outcome missing = sample(model, "--out=" + folder.resolve("no/such/take.wav"));
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no folder");
        assertThat(sample(model, "--out=" + folder.resolve("take.mp3")).err())
                .contains("ends in .wav");
    }

    @Test
    void aTakeNeverOverwritesItsPrime() throws IOException {
        Path prime = TinyModels.write(wav("prime"), TinyModels.tone(200, TinyModels.RATE));
        byte[] before = Files.readAllBytes(prime);
        Outcome outcome = sample(model, "--prime=" + prime, "--out=" + prime);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("would overwrite");
        assertThat(Files.readAllBytes(prime)).isEqualTo(before);
    }

    @Test
    void aMissingOrBrokenModelIsOneSentence() throws IOException {
        Path broken = folder.resolve("broken.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        for (Path bad : List.of(broken, folder.resolve("missing.safetensors"), folder)) {
            Outcome outcome = sample(bad, "--out=" + wav("bad"));
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err().lines()).singleElement().asString().contains(bad.toString());
        }
        assertThat(wav("bad")).doesNotExist();
    }

    @Test
    void verboseShowsTheTrace() {
        assertThat(sample(folder.resolve("missing.safetensors"), "--verbose").err())
                .contains("\tat ");
    }
}
