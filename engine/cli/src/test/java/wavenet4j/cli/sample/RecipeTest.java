package wavenet4j.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.Take;
import wavenet4j.distribution.Sampling;

import java.util.List;
import java.util.Map;

class RecipeTest {
    @Test
    void isACommandThatCanBePasted() {
        var recipe = new Recipe("runs/my run", 10, List.of("--prime", "it's.wav", "--keep-prime"));
        var take = new Take(-5, new Sampling(.85f, 40, 1), Map.of("key=a b", 1f, "mood=x", .25f));
        assertThat(recipe.of(take).description())
                .isEqualTo(
                        "wavenet-sample 'runs/my run' --seconds 10 --seed -5 --temperature 0.85"
                                + " --top-k 40 --label 'key=a b' --label mood=x=0.25"
                                + " --prime 'it'\\''s.wav' --keep-prime");
    }

    @Test
    void leavesOutWhatIsAsUsual() {
        var take = new Take(1, new Sampling(1, 0, 1), Map.<String, Float>of());
        assertThat(new Recipe("piano", .25, List.of()).of(take).description())
                .isEqualTo("wavenet-sample piano --seconds 0.25 --seed 1 --temperature 1");
    }
}
