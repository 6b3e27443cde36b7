package wavenet4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import wavenet4j.distribution.Distribution;
import wavenet4j.train.RunListeners;
import wavenet4j.train.config.TrainConfig;
import wavenet4j.train.data.Dataset;
import wavenet4j.train.device.TrainingDevice;
import wavenet4j.train.event.EventLog;
import wavenet4j.train.event.TrainingEvent;
import wavenet4j.train.loop.TrainingLoop;
import wavenet4j.train.run.RunFolder;
import wavenet4j.train.testing.TinyRun;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;

final class ReportTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path temporary;
    private final TrainConfig config = TinyRun.config("training.steps=4000");
    private final Dataset data = TinyRun.periodic(config, 4, 100);
    private Path run;

    @BeforeEach
    void create() throws IOException {
        run = temporary.resolve("run");
        RunFolder.create(run, config, temporary, data);
    }

    private void log(String event) throws IOException {
        Files.writeString(
                run.resolve("metrics.jsonl"),
                event + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void logProgress() throws IOException {
        log(
                """
                {"event":"progress","step":1250,"bits":3.5,"rate":0.002,"norm":0.25,"samplesPerSecond":17200.4,"progress":0.3125,"secondsLeft":130.5}
                {"event":"validated","step":1250,"seconds":90,"bits":3.25,"best":true}\
                """);
    }

    private Document page() throws IOException {
        Path file = Report.write(run, ReportTest::line);
        assertThat(file).isEqualTo(run.resolve("report.html"));
        Document page = Jsoup.parse(file);
        // Whatever the log holds, the page loads and runs nothing else.
        assertThat(page.select("[src], [href]"))
                .allSatisfy(e -> assertThat(e.attr("src") + e.attr("href")).startsWith("data:"));
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none';")
                .doesNotContain("http", "*");
        assertThat(page.select("script")).hasSize(2);
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.expectFirst("style").data()).doesNotContain("url(", "@import");
        assertThat(page.expectFirst("script:not([type])").data())
                .doesNotContain("fetch(", "XMLHttpRequest", "import(", "WebSocket", "eval(");
        assertThat(page.getAllElements())
                .allSatisfy(e ->
                        assertThat(e.attributes().asList())
                                .noneMatch(a -> a.getKey().startsWith("on")));
        return page;
    }

    private static String line(List<String> words) {
        return "bin/" + String.join(" ", words);
    }

    private static JsonNode data(Document page) throws IOException {
        return JSON.readTree(page.expectFirst("script#data").data());
    }

    /// A WAV and its picture, and their part of an event.
    private String take(int step, double temperature) throws IOException {
        String name = String.format(Locale.ROOT, "previews/step-%09d-t%.2f.wav", step, temperature);
        sound(name);
        return takeOf(JSON.writeValueAsString(name), temperature);
    }

    private static String takeOf(String file, double temperature) {
        return "{\"temperature\":%s,\"file\":%s,\"decibels\":-18.34,\"silentShare\":0.124,\"flatness\":0.0625}"
                .formatted(temperature, file);
    }

    private void sound(String name) throws IOException {
        TinyRun.wav(run.resolve(name), 100 + name.length(), 0.5);
        var picture = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, name.hashCode());
        ImageIO.write(picture, "png", run.resolve(name.replace(".wav", ".png")).toFile());
    }

    private void logTakes(int step, String... takes) throws IOException {
        log(
                "{\"event\":\"previewed\",\"step\":%d,\"labels\":[\"theo\"],\"seconds\":3,\"cutShort\":false,\"takes\":[%s]}"
                        .formatted(step, String.join(",", takes)));
    }

    @Test
    void theHeadHasDiagnosisAndFigures() throws IOException {
        logProgress();
        log(
                """
                {"event":"judged","step":1250,"verdict":"OVERFITTING","sentence":"Held-out bits rise.","remedy":"Add recordings."}\
                """);
        Document page = page();
        assertThat(page.title()).isEqualTo("run – WaveNet4J");
        assertThat(page.select("h1").text()).isEqualTo("run");
        assertThat(page.select("header").text())
                .containsPattern(
                        "As of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d\\d:\\d\\d")
                .contains("31 % done, about 3 minutes left");
        assertThat(page.select("progress").attr("value")).isEqualTo("0.3125");
        assertThat(page.select(".diagnosis.warning").text())
                .isEqualTo("overfitting Held-out bits rise. What to do: Add recordings.");
        assertThat(page.select(".figures div").eachText())
                .containsExactly(
                        "Best held-out bits 3.2500 at step 1,250",
                        "Latest held-out bits 3.2500 4 is a uniform distribution",
                        "Step 1,250 of 4,000",
                        "Minutes 1.5 of training",
                        "Speed 17,200 samples a second");
        assertThat(page.select("details").eachText())
                .anySatisfy(text -> assertThat(text).contains("learningRate: 0.01"))
                .anySatisfy(text -> assertThat(text).contains("made for the tests", "0.wav"));
    }

    @Test
    void theChartsGetTheMetrics() throws IOException {
        logProgress();
        log("{\"event\":\"partshalved\",\"step\":1250,\"windows\":8,\"fewer\":4}");
        log("{\"event\":\"stopped\",\"step\":1250}");
        log("{\"event\":\"resumed\",\"step\":1250}");
        Document page = page();
        JsonNode drawn = data(page);
        var metrics = Metrics.of(EventLog.of(run).read());
        assertThat(drawn)
                .isEqualTo(
                        JSON.readTree(
                                JSON.writeValueAsString(
                                        Curves.of(metrics, new Distribution.Categorical(16)))));
        assertThat(drawn.at("/training/bits/mean/0").asDouble()).isEqualTo(3.5);
        assertThat(drawn.at("/heldOut/bits/0").asDouble()).isEqualTo(3.25);
        assertThat(drawn.at("/best/step").asLong()).isEqualTo(1250);
        assertThat(drawn.at("/uniformBits").asDouble()).isEqualTo(4);
        assertThat(page.select(".charts figure").eachAttr("id"))
                .containsExactly("bits", "rate", "norm", "speed");
        assertThat(page.select(".choices input"))
                .allSatisfy(
                        input -> assertThat(input.parents().select("label").text()).isNotEmpty());
        assertThat(page.select(".marks li").eachText())
                .containsExactly(
                        "Step 1,250 The memory did not suffice for 8 windows at once; training goes"
                                + " on with 4 at a time.",
                        "Step 1,250 Stopped, and saved.",
                        "Step 1,250 Went on from the checkpoint.");
        assertThat(page.expectFirst("script:not([type])").data())
                .contains("var uPlot=", "The MIT License", "Copyright (c)", "Leon Sorokin");
    }

    @Test
    void theNewestTakesLieInThePageBesideTheRealExcerpt() throws IOException {
        logProgress();
        sound("previews/real.wav");
        for (int step = 250; step <= 1250; step += 250) {
            logTakes(step, take(step, 0.9), take(step, 1));
        }
        Files.delete(run.resolve("previews/step-000001000-t0.90.wav"));
        Files.delete(run.resolve("previews/step-000000750-t0.90.png"));
        Document page = page();
        assertThat(page.select("section h3").eachText())
                .containsExactly("Step 1,250, as theo", "Step 1,000, as theo", "Step 750, as theo");
        assertThat(page.select("figcaption:has(+ audio)").eachText())
                .containsExactly(
                        "Held-out recording",
                        "Temperature 0.90",
                        "Temperature 1.00",
                        "Temperature 1.00",
                        "Temperature 0.90",
                        "Temperature 1.00");
        var files =
                List.of(
                        "real",
                        "step-000001250-t0.90",
                        "step-000001250-t1.00",
                        "step-000001000-t1.00",
                        "step-000000750-t0.90",
                        "step-000000750-t1.00");
        List<Element> shown = page.select("figure:has(audio)");
        for (int i = 0; i < files.size(); i++) {
            Element player = shown.get(i).expectFirst("audio");
            requireHolds(player, "audio/wav", files.get(i) + ".wav");
            if (i == 4) {
                assertThat(shown.get(i).select("img")).isEmpty();
            } else {
                Element picture = shown.get(i).expectFirst("button > img");
                requireHolds(picture, "image/png", files.get(i) + ".png");
                assertThat(picture.attr("width") + " x " + picture.attr("height"))
                        .isEqualTo("30 x 20");
                assertThat(picture.attr("alt")).startsWith("Spectrogram: ");
            }
        }
        assertThat(shown.get(0).text()).containsPattern("level \u2212\\d+\\.\\d dB, \\d+ % silent");
        assertThat(shown.get(1).text()).contains("level \u221218.3 dB, 12 % silent, flatness 0.06");
        assertThat(page.select("section:has(audio)").text()).contains("5 more takes were made");
    }

    private void requireHolds(Element element, String type, String file) throws IOException {
        String prefix = "data:" + type + ";base64,";
        assertThat(element.attr("src")).startsWith(prefix);
        assertThat(Base64.getDecoder().decode(element.attr("src").substring(prefix.length())))
                .isEqualTo(Files.readAllBytes(run.resolve("previews").resolve(file)));
    }

    @Test
    void thePageStaysSmall() throws IOException {
        logProgress();
        logTakes(250, take(250, 1));
        var takes = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            double temperature = 1 + i / 10.0;
            takes.add(take(500, temperature));
            Path wav =
                    run.resolve(
                            String.format(
                                    Locale.ROOT, "previews/step-000000500-t%.2f.wav", temperature));
            TinyRun.wav(wav, 1_000_000, 0.5); // 2 MB
        }
        logTakes(500, takes.toArray(String[]::new));
        Document page = page();
        assertThat(page.select("audio")).hasSize(4); // three of 2 MB, and the small older one
        assertThat(page.select("section").text()).contains("1 more takes were made");
        assertThat(Files.size(run.resolve("report.html"))).isLessThan(9_000_000);
    }

    /// A run may come from elsewhere: its page includes no other files.
    @Test
    void noOtherFilesAreShown() throws IOException {
        logProgress();
        Path secret = TinyRun.wav(temporary.resolve("secret.wav"), 100, 0.5);
        Files.createDirectories(run.resolve("previews"));
        Files.createSymbolicLink(run.resolve("previews/link.wav"), secret);
        for (String name :
                List.of(
                        "../secret.wav",
                        "previews/../../secret.wav",
                        secret.toString(),
                        "previews/link.wav",
                        "config.yaml",
                        "previews",
                        "",
                        "\0")) {
            logTakes(1250, takeOf(JSON.writeValueAsString(name), 1));
            assertThat(page().select("audio")).as(name).isEmpty();
        }
    }

    @Test
    void namesAndSentencesStayText() throws IOException {
        String hostile =
                "</script><script>alert(1)</script><img src=x onerror=alert(2)><!--\"'&{{name}}";
        run = temporary.resolve("<img src=x onerror=alert(3)>&amp;{{data}}");
        var named = TinyRun.config("data.licence='" + hostile.replace("'", "''") + "'");
        RunFolder.create(
                run,
                named,
                temporary,
                new Dataset(data.spec(), data.training(), data.heldOut(), hostile));
        String inJson = JSON.writeValueAsString(hostile);
        logProgress();
        log(
                "{\"event\":\"judged\",\"step\":1250,\"verdict\":\"NOISE\",\"sentence\":%s,\"remedy\":%s}"
                        .formatted(inJson, inJson));
        log(
                "{\"event\":\"steppedback\",\"from\":1250,\"to\":0,\"rateScale\":1,\"reason\":%s}"
                        .formatted(inJson));
        sound("previews/a.wav");
        logTakes(1250, takeOf("\"previews/a.wav\"", 1));
        Document page = page();
        assertThat(page.select("h1").text()).isEqualTo(run.getFileName().toString());
        assertThat(page.select("figure img").eachAttr("alt"))
                .containsExactly("Spectrogram: Temperature 1.00");
        assertThat(page.expectFirst(".diagnosis p").wholeText()).isEqualTo(hostile);
        assertThat(page.select(".marks li").eachText().getLast()).contains(hostile);
        assertThat(page.select("pre").get(0).wholeText()).isEqualTo(named.toYaml());
        assertThat(page.select("pre").get(1).wholeText()).contains(hostile);
        assertThat(data(page).at("/marks/1/text").asText()).contains(hostile);
    }

    @Test
    void aRunThatJustBeganHasAPage() throws IOException {
        Document page = page();
        assertThat(page.select(".figures div").eachText()).containsExactly("Step 0 of 4,000");
        assertThat(page.select(".charts, .diagnosis, audio, progress")).isEmpty();
    }

    @Test
    void whatIsNoRunHasNone() {
        assertThatThrownBy(() -> Report.write(temporary, ReportTest::line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(temporary + " is no training run: it has no config.yaml");
        assertThat(temporary.resolve("report.html")).doesNotExist();
    }

    @Test
    void trainingWritesItAtEachEvaluation() throws IOException {
        var shown = new ArrayList<String>();
        TrainConfig brief = TinyRun.config("training.steps=50");
        Path folder = temporary.resolve("trained");
        var training = RunFolder.create(folder, brief, temporary, data);
        Path report = folder.resolve("report.html");
        new TrainingLoop(
                        brief,
                        data,
                        TrainingDevice.processor(),
                        training,
                        RunListeners.of(
                                training,
                                brief,
                                ReportTest::line,
                                event -> {
                                    if (!(event instanceof TrainingEvent.Progress)
                                            || !Files.exists(report)) return;
                                    shown.add(step(report));
                                }))
                .run();
        assertThat(shown).containsExactly("Step 20 of 50", "Step 20 of 50", "Step 40 of 50");
        assertThat(step(report)).isEqualTo("Step 50 of 50");
        assertThat(Jsoup.parse(report).select("header").text()).contains("done");
    }

    private static String step(Path report) {
        try {
            return Jsoup.parse(report).select(".figures div:contains(Step)").eachText().getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
