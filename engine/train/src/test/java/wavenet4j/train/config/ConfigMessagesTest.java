package wavenet4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is said of a configuration is said to the person who wrote it: what is wrong and where, and
/// nothing of the parser.
final class ConfigMessagesTest {
    private static final List<String> ODD =
            List.of(
                    "x",
                    "-1",
                    "1.5",
                    "1e999",
                    "true",
                    "'1'",
                    "[]",
                    "[x]",
                    "[[1]]",
                    "{}",
                    "{a: 1}",
                    "99999999999999999999",
                    "2 x",
                    "~",
                    "''",
                    "2024-01-01",
                    ".nan",
                    "!!binary x");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [1,               | expected the node content, but found the end at line 1,"
                        + " column 7",
                "training: {batch: 1  | expected ',' or '}', but got the end at line 1, column 20",
                "a: b: c              | mapping values are not allowed here at line 1, column 5",
                "a: 1\\nb: [2\\nc: 3  | expected ',' or ']', but got : at line 3, column 2",
                "a: 1\\n a: 2         | mapping values are not allowed here at line 2, column 3",
                "a: 1\\na: 2          | the key a appears twice at line 2, column 2",
                "a: @x                | found character '@' that cannot start any token at line 1,"
                        + " column 4",
                "a: 'x                | found unexpected end at line 1, column 6",
                "--- a\\n--- b        | there is text after its end at line 2, column 5"
            })
    void brokenYamlIsNamedWithItsPlace(String yaml, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainConfig.parse(yaml.translateEscapes(), Map.of()))
                .withMessage("the configuration is not valid YAML: " + problem);
    }

    @Test
    void noKeyAnswersAWrongValueWithTheParsersOwnWords() {
        var keys = new ArrayList<String>();
        collect("", TrainConfig.parse("", Map.of()).toTree(), keys);
        assertThat(keys).hasSizeGreaterThan(30);
        int refused = 0;
        for (String key : keys) {
            for (String value : ODD) {
                try {
                    TrainConfig.parse("", Map.of(key, value));
                } catch (IllegalArgumentException e) {
                    refused++;
                    assertThat(e.getMessage())
                            .as("%s=%s", key, value)
                            .containsAnyOf(key, key.replaceFirst(".*\\.", ""), "parameters")
                            .doesNotContain("reference chain", "Source:", "REDACTED", "enable ")
                            .doesNotContain("Feature", "com.fasterxml", "java.", "`", "\n")
                            .doesNotContain("eserializ", "wavenet4j.", "null (");
                }
            }
        }
        assertThat(refused).isGreaterThan(keys.size() * ODD.size() / 2);
    }

    private static void collect(String path, JsonNode node, List<String> keys) {
        for (var field : node.properties()) {
            String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue().isObject()) collect(key, field.getValue(), keys);
            else keys.add(key);
        }
    }
}
