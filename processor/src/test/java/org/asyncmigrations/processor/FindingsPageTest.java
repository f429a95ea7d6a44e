package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.check.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of findings: each has a section, its red lines give the finding and nothing else, and its green ones nothing. */
class FindingsPageTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^### (\\w+)\n(.*?)(?=^##|\\z)");
    private static final Pattern SAMPLE = Pattern.compile("(?s)```diff\n(.*?)```");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)`( \\(warning\\))? \\[more]\\(FINDINGS\\.md#(\\w+)\\) \\|(.*)\\|$");
    private static final Pattern FINDING = Pattern.compile("(error|warning): \\[(\\w+)] .* \\(FINDINGS\\.md#(\\w+)\\)");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|@interface) (\\w+)");

    /** They need another processor, or a file that cannot be written. */
    private static final Set<String> WITHOUT_SAMPLE = Set.of("MigrationTooLate", "UnwritableJournal");

    private static final String IMPORTS = """
            import static org.jooq.impl.DSL.*;
            import static org.jooq.impl.SQLDataType.*;
            import java.time.Clock;
            import org.asyncmigrations.*;
            import org.jooq.Condition;
            import org.jooq.Record;
            import org.jooq.TableField;
            import org.jooq.impl.TableImpl;
            """;

    @TempDir
    private Path temporary;

    @Test
    void eachFindingHasASectionAndARow() throws IOException {
        assertThat(sections().keySet()).containsExactlyInAnyOrderElementsOf(names());
        assertThat(rows().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(names());
        assertThat(rows()).allMatch(row -> row.group(1).toLowerCase().equals(row.group(3)));
    }

    @Test
    void eachSectionAndRowSaysWhetherItIsAWarning() throws IOException {
        Map<String, String> sections = sections();
        for (Message message : Message.values()) {
            String kind = message.severity() == Severity.WARNING ? "warning" : "error";
            assertThat(sections.get(message.findingName())).containsPattern("(?m)^An? " + kind + "\\b");
        }
        assertThat(rows().filter(row -> row.group(2) != null).map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(warningsOnly());
    }

    /** Code is read with javac's trees, so only javac finds what is in it. */
    @Test
    void eachRowHasTheStageAndTheCompilers() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            String[] cells = row.group(4).split("\\|");
            assertThat(cells[1].strip()).isIn("declarations", "code", "release");
            assertThat(cells[2].strip()).startsWith("javac");
            assertThat(cells[2].contains("ecj")).isEqualTo(cells[1].contains("declarations"));
        });
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void theRedLinesGiveTheFindingAndTheGreenOnesFixIt(String name) throws IOException {
        Matcher sample = SAMPLE.matcher(sections().get(name));
        assertThat(sample.find()).isTrue();
        String bad = compile("bad", sample.group(1), '-');
        assertThat(bad.lines().map(line -> finding(line, 2))).isNotEmpty().containsOnly(name);
        assertThat(bad.lines().map(line -> finding(line, 3))).containsOnly(name.toLowerCase());
        assertThat(compile("good", sample.group(1), '+')).isEmpty();
    }

    static Stream<String> sampled() {
        return names().stream().filter(name -> !WITHOUT_SAMPLE.contains(name));
    }

    private String compile(String directory, String sample, char sign) throws IOException {
        Path base = Files.createDirectory(temporary.resolve(directory));
        Path journal = base.resolve("src/main/migrations/journal");
        Files.createDirectories(journal.getParent());
        List<String> options = new ArrayList<>();
        List<JavaFileObject> sources = new ArrayList<>();
        for (String part : parts(sample, sign)) {
            if (part.startsWith("<arg>")) {
                options.add(part.replaceAll("</?arg>|\n", "").replace("${project.basedir}", base.toString()));
            } else if (part.startsWith("# ")) {
                Files.writeString(journal, part);
            } else {
                sources.add(source(part));
            }
        }
        if (Files.exists(journal) && options.isEmpty()) {
            options.add("-Aasyncmigrations.journal=" + journal);
        }
        List<Path> billingClasses = new ArrayList<>();
        if (sample.contains("com.acme.billing")) {
            Project billing = new Project(base).with(Samples.migration("com.acme.billing.SendBills", 20261101_093000L));
            assertThat(billing.build()).isEmpty();
            billingClasses.add(billing.classes());
        }
        return Compiled.behind(billingClasses, List.of(Installed.alone()), sources, options.toArray(String[]::new))
                .diagnostics();
    }

    /** What a side of the diff shows: options, a journal and types, with an empty line before each. */
    private static List<String> parts(String sample, char sign) {
        String side = sample.lines()
                .filter(line -> line.isEmpty() || line.charAt(0) == ' ' || line.charAt(0) == sign)
                .map(line -> line.isEmpty() ? "" : line.substring(1))
                .collect(Collectors.joining("\n", "", "\n"));
        return Stream.of(side.split("\n\n+(?=\\S)"))
                .map(part -> part.replaceFirst("^\n+", ""))
                .filter(part -> !part.isBlank())
                .toList();
    }

    private static JavaFileObject source(String part) {
        String text =
                part.startsWith("package ") || part.startsWith("// package-info") ? part : "package com.acme;\n" + part;
        Matcher type = TYPE.matcher(text);
        String name = type.find() ? type.group(1) : "package-info";
        String packageName = text.replaceAll("(?s).*package ([\\w.]+);.*", "$1");
        String members = part.contains("BatchMigration") ? """
                @Override public BatchKey key() { return BatchKey.of("users", "id"); }
                @Override public long migrate(RowBatch batch) { return 0; }
                """ : "@Override public void migrate(MigrationRun run) {}";
        String code = text.replaceFirst("package [\\w.]+;", "$0\n" + IMPORTS).replace("…", members);
        return Samples.source(packageName + "." + name, code);
    }

    private static String finding(String line, int group) {
        Matcher finding = FINDING.matcher(line);
        return finding.find() ? finding.group(group) : line;
    }

    private static Set<String> names() {
        return Arrays.stream(Message.values()).map(Message::findingName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** NameTaken is mostly an error. */
    private static Set<String> warningsOnly() {
        Set<String> names = names();
        Arrays.stream(Message.values())
                .filter(message -> message.severity() == Severity.ERROR)
                .forEach(message -> names.remove(message.findingName()));
        return names;
    }

    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        SECTION.matcher(Files.readString(Path.of("FINDINGS.md")))
                .results()
                .forEach(section -> sections.put(section.group(1), section.group(2)));
        return sections;
    }

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("README.md"))).results();
    }
}
