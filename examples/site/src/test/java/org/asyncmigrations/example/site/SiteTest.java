package org.asyncmigrations.example.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site that is built from this repository, as a browser sees it. */
class SiteTest {
    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"]*)\"");
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]*)\" rel=\"next\"");
    private static final Pattern LOADED = Pattern.compile("<(?!a )\\w[^>]* (?:src|href|srcset|action)=\"([^\"]*)\"");

    @TempDir
    static Path site;

    @BeforeAll
    static void build() throws IOException {
        assertThat(Site.build(REPOSITORY, site)).isEmpty();
    }

    @Test
    void everyPageIsReachableFromTheFirst() throws IOException {
        Set<Path> reached = new LinkedHashSet<>(Set.of(site.resolve("index.html")));
        List<Path> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            Path page = open.remove(0);
            for (String link : inside(page)) {
                Path target = target(page, link);
                if (target.toString().endsWith(".html") && reached.add(target)) {
                    open.add(target);
                }
            }
        }

        assertThat(reached).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(pages());
    }

    @Test
    void eachLinkLeadsToAFileAndAnAnchorOfTheSite() throws IOException {
        for (Path page : pages()) {
            for (String link : inside(page)) {
                String[] parts = link.split("#", 2);
                assertThat(target(page, link)).as(page + ": " + link).isRegularFile();
                if (parts.length == 2) {
                    assertThat(Files.readString(target(page, link)))
                            .as(page + ": " + link)
                            .contains(" id=\"" + parts[1] + "\"");
                }
            }
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        for (Path page : pages()) {
            List<String> loaded = all(LOADED, Files.readString(page));
            assertThat(loaded).as(page.toString()).hasSizeGreaterThan(2);
            assertThat(loaded)
                    .as(page.toString())
                    .allSatisfy(source -> assertThat(source)
                            .satisfiesAnyOf(
                                    empty -> assertThat(empty).isEqualTo("data:,"),
                                    file -> assertThat(target(page, file)).isRegularFile()));
        }
        assertThat(Files.readString(site.resolve("site.css"))).doesNotContain("url(", "@import", "//");
        assertThat(Files.readString(site.resolve("site.js"))).doesNotContain("fetch(", "http");
    }

    @Test
    void theNextPageIsTheNextOfTheGuide() throws IOException {
        List<String> read = new ArrayList<>();
        Path page = site.resolve("index.html");
        while (true) {
            read.add(site.relativize(page).toString());
            List<String> next = all(NEXT, Files.readString(page));
            if (next.isEmpty()) {
                break;
            }
            page = target(page, next.get(0));
        }

        Page guide = Page.parse(Guide.SOURCE, Files.readString(REPOSITORY.resolve(Guide.SOURCE)));
        assertThat(read)
                .containsExactlyElementsOf(Guide.read(guide).entries().stream()
                        .map(entry -> Page.parse(entry.source(), "").html())
                        .toList())
                .startsWith("index.html", "runtime/ADDING.html");
    }

    @Test
    void theSectionsAreInTheOrderInWhichATeamAdoptsIt() throws IOException {
        String contents =
                Files.readString(site.resolve("runtime/OPERATING.html")).split("<nav")[1];

        assertThat(all(Pattern.compile("<h2>(.*)</h2>"), contents))
                .containsExactly(
                        "First back-fill",
                        "Testing it",
                        "Deploying it",
                        "Operating it",
                        "Taking a column away",
                        "On a job engine",
                        "Many tenants",
                        "How it works",
                        "Reference");
        assertThat(contents)
                .contains(
                        "<a href=\"OPERATING.html\" aria-current=\"page\">Operating migrations</a>",
                        "<a href=\"#read-the-log\">Read the log</a>");
    }

    @Test
    void theIndexHasTheHeadingsOfAllPages() throws IOException {
        assertThat(Files.readString(site.resolve("search-index.js")))
                .contains("[\"runtime/WRITING.html#sql-text\",\"Writing a migration\",\"SQL text\",\"")
                .contains("[\"runtime/index.html#after-the-release-instances-and-the-gate\",\"The runtime\",")
                .contains("[\"processor/FINDINGS.html#missingidempotency\",\"Findings\",\"MissingIdempotency\",\"");
    }

    /** The size of what every page loads: if it were larger, it would be a framework. */
    @Test
    void theStyleAndTheScriptAreSmall() throws IOException {
        assertThat(Files.size(site.resolve("site.css"))).isBetween(1L, 10_000L);
        assertThat(Files.size(site.resolve("site.js"))).isBetween(1L, 6_000L);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private static List<String> inside(Path page) throws IOException {
        return all(LINK, Files.readString(page)).stream()
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    private static Path target(Path page, String link) {
        String file = link.split("#", 2)[0];
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
