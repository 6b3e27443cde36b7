package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.cli.testing.Outcome;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Labels by name or value, by share, and of each take.
final class SampleLabelsTest extends SampleCommandFixture {
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
}
