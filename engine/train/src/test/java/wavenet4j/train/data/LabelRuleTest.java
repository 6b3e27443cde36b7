package wavenet4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

final class LabelRuleTest {
    @TempDir Path folder;

    private static Set<String> labels(String rule, String first, String... more)
            throws IOException {
        return LabelRule.parse(rule, Path.of("")).labelsOf(Path.of(first, more));
    }

    @Test
    void noneGivesNone() throws IOException {
        assertThat(labels("none", "a", "b.wav")).isEmpty();
    }

    @Test
    void foldersGiveTheirPath() throws IOException {
        assertThat(labels("folders", "b.wav")).isEmpty();
        assertThat(labels("folders", "drums", "b.wav")).containsExactly("drums");
        assertThat(labels("folders", "drums", "loud", "b.wav")).containsExactly("drums/loud");
    }

    @Test
    void groupsOfAPatternAreLabels() throws IOException {
        String rule = "pattern:(?:.*/)?(?<digit>\\d)_(?<speaker>\\w+)_\\d+\\.wav";
        assertThat(labels(rule, "7_theo_12.wav"))
                .containsExactlyInAnyOrder("digit=7", "speaker=theo");
        assertThat(labels(rule, "7_theo_12.flac")).isEmpty();
        assertThat(labels("pattern:(\\w)-(\\w)\\.wav", "a-b.wav"))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(labels("pattern:(?<one>x)?(y)?.*", "z.wav")).isEmpty();
        assertThat(labels("pattern:sub/(.)\\.wav", "sub", "a.wav")).containsExactly("a");
        assertThat(labels("pattern:.*", "a.wav")).isEmpty();
    }

    @Test
    void aTableNamesColumnsAndValues() throws IOException {
        Path csv = folder.resolve("labels.csv");
        Files.writeString(
                csv,
                """
                file,speaker,mood
                a.wav,theo,"calm, ""really"" calm"
                sub/b.wav, lucas ,
                "c, d.wav",theo,wild
                """);
        String rule = "csv:" + csv;
        assertThat(labels(rule, "a.wav"))
                .containsExactlyInAnyOrder("speaker=theo", "mood=calm, \"really\" calm");
        assertThat(labels(rule, "sub", "b.wav")).containsExactly("speaker=lucas");
        assertThat(labels(rule, "c, d.wav")).containsExactlyInAnyOrder("speaker=theo", "mood=wild");
        assertThat(labels(rule, "missing.wav")).isEmpty();
    }

    @Test
    void aTableIsFoundAmongTheRecordingsWhereverTheyAre() throws IOException {
        Path table = Files.createDirectories(folder.resolve("data/tables")).resolve("of.csv");
        Files.writeString(table, "file,speaker\na.wav,theo\n");
        Path data = folder.resolve("data");
        String rule = LabelRule.portable("csv:" + table, data);
        assertThat(rule).isEqualTo("csv:tables/of.csv");
        assertThat(LabelRule.portable(rule, data)).as("known already").isEqualTo(rule);
        assertThat(LabelRule.portable("csv:" + table, folder.resolve("elsewhere")))
                .isEqualTo("csv:" + table);
        assertThat(LabelRule.portable("pattern:csv:(.)", data)).isEqualTo("pattern:csv:(.)");

        Path moved = Files.move(data, folder.resolve("moved"));
        assertThat(LabelRule.parse(rule, moved).labelsOf(Path.of("a.wav")))
                .containsExactly("speaker=theo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file,speaker\na.wav,theo,extra\n",
                "file,speaker\na.wav,\"never closed\n",
            })
    void aBrokenTableIsOneSentence(String text) throws IOException {
        Path csv = folder.resolve("labels.csv");
        Files.writeString(csv, text);
        assertThatThrownBy(() -> LabelRule.parse("csv:" + csv, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the label table " + csv + " is no CSV: ")
                .hasMessageContaining(" at line ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        Path csv = folder.resolve("none.csv");
        assertThatThrownBy(() -> LabelRule.parse("csv:" + csv, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the label table "
                                + csv
                                + " is no file; give its path by --labels csv:FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "folder", "Folders", "regex:a", "csv", "pattern"})
    void anotherRuleIsRefusedWithThoseThereAre(String rule) {
        assertThatThrownBy(() -> LabelRule.parse(rule, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the label rule is \"%s\"; it must be none, folders, pattern:REGEX or csv:FILE"
                                .formatted(rule));
    }

    @Test
    void aBrokenPatternIsNamed() {
        assertThatThrownBy(() -> LabelRule.parse("pattern:(unclosed", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the label pattern (unclosed is no regular expression: Unclosed group");
    }
}
