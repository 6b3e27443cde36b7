package wavenet4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

final class ProposalTest {
    @ParameterizedTest
    @CsvSource({
        "8, 3, 16000, quick, 5",
        "115, 77, 44100, quick, 10",
        "300, 1, 16000, quick, 20",
        "4000, 2000, 44100, drums-22k, 60",
        "4000, 2000, 8000, piano-16k, 100",
        "36000, 20, 44100, piano-16k, 100"
    })
    void littleTakesASmallNetworkAndAShortTime(
            double seconds, int count, int rate, String preset, int minutes) throws IOException {
        Proposal proposal = Proposal.of(seconds, count, rate);
        assertThat(proposal.preset()).isEqualTo(preset);
        assertThat(proposal.minutes()).isEqualTo(minutes);
        assertThat(Presets.names()).contains(proposal.preset());
    }
}
