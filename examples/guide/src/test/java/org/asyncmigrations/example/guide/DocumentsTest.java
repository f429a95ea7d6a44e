package org.asyncmigrations.example.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Java that a document of this project shows is compiled somewhere in it, and its links lead somewhere. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..", "..");

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** Of a link, the file and, behind a hash, its heading. */
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

    /** Whether it has all lines of a document's code, in their order; three dots stand for what is left out. */
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

    /** Without white space and remarks; {@code @Override} is left out where a document has no room for it. */
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
