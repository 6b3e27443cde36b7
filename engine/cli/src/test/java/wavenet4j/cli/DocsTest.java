package wavenet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import wavenet4j.cli.testing.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The links, options, code, types and packages that the documents name exist.
final class DocsTest {
    private static final Path ROOT = Path.of(System.getProperty("wavenet4j.root", "."));
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");
    private static final Pattern COMMAND = Pattern.compile("bin/(wavenet-\\w+)([^`|\\n]*)");
    private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z][\\w-]*");
    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public .*\\b(class|record|interface|enum) (\\w+)");
    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern QUOTED_TYPE = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)");
    private static final Pattern QUOTED_PACKAGE = Pattern.compile("`(wavenet4j[a-z0-9.]*)`");

    @Test
    void linksLeadToFiles() throws IOException {
        var missing = new ArrayList<String>();
        int links = 0;
        for (Path document : files(".md")) {
            var link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                links++;
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    missing.add(document + ": " + link.group(1));
                }
            }
        }
        assertThat(links).isPositive();
        assertThat(missing).isEmpty();
    }

    @Test
    void commandsHaveTheOptionsThatDocumentsCallThemWith() throws IOException {
        var unknown = new ArrayList<String>();
        var helps = new HashMap<String, String>();
        int options = 0;
        for (Path document : files(".md")) {
            var command = COMMAND.matcher(Files.readString(document));
            while (command.find()) {
                String help =
                        helps.computeIfAbsent(
                                command.group(1), name -> Outcome.of(name, "--help").text());
                var option = OPTION.matcher(command.group(2));
                while (option.find()) {
                    options++;
                    if (!help.contains(option.group()))
                        unknown.add(document + ": " + command.group());
                }
            }
        }
        assertThat(options).isPositive();
        assertThat(unknown).isEmpty();
    }

    @Test
    void javaInDocumentsIsAnExamples() throws IOException {
        var examples = new StringBuilder();
        try (var sources = Files.walk(ROOT.resolve("engine/examples/src/main"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                examples.append(withoutIndentation(Files.readString(source)));
            }
        }
        int blocks = 0;
        for (Path document : files(".md")) {
            var java = JAVA.matcher(Files.readString(document));
            while (java.find()) {
                blocks++;
                assertThat(examples).as("%s", document).contains(withoutIndentation(java.group(1)));
            }
        }
        assertThat(blocks).isPositive();
    }

    private static String withoutIndentation(String code) {
        return code.replaceAll("(?m)^ +", "");
    }

    @Test
    void architectureNamesTypesThatExistAndEveryPackage() throws IOException {
        var types = new TreeSet<String>();
        var packages = new TreeSet<String>(); // with those of tests
        var described = new TreeSet<String>();
        for (Path source : files(".java")) {
            String text = Files.readString(source);
            types.addAll(firstGroups(TYPE, text));
            packages.addAll(firstGroups(PACKAGE, text));
            if (isMain(source)) described.addAll(firstGroups(PACKAGE, text));
        }
        String architecture = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        assertThat(firstGroups(QUOTED_TYPE, architecture)).isNotEmpty().isSubsetOf(types);
        assertThat(firstGroups(QUOTED_PACKAGE, architecture))
                .containsAll(described)
                .isSubsetOf(packages);
    }

    private static SortedSet<String> firstGroups(Pattern pattern, String text) {
        var groups = new TreeSet<String>();
        pattern.matcher(text).results().forEach(match -> groups.add(match.group(1)));
        return groups;
    }

    @Test
    void publicTypesAreDocumented() throws IOException {
        var bare = new ArrayList<String>();
        int types = 0;
        for (Path source : files(".java")) {
            if (!isMain(source)) continue;
            String text = Files.readString(source);
            var type = PUBLIC_TYPE.matcher(text);
            while (type.find()) {
                types++;
                if (!text.substring(0, type.start()).contains("\n///")) bare.add(source.toString());
            }
        }
        assertThat(types).isPositive();
        assertThat(bare).isEmpty();
    }

    private static boolean isMain(Path source) {
        return ROOT.relativize(source).toString().matches(".*\\bsrc.main\\b.*");
    }

    private static List<Path> files(String suffix) throws IOException {
        try (var tree = Files.walk(ROOT)) {
            return tree.filter(file -> file.toString().endsWith(suffix))
                    .filter(file ->
                            !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .toList();
        }
    }
}
