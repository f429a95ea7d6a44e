package org.asyncmigrations.example.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search in a real browser, on pages that are opened as files. Skipped where no Chromium is installed. */
class SearchTest {
    @TempDir
    static Path site;

    @TempDir
    static Path work;

    @BeforeAll
    static void build() throws IOException {
        assumeTrue(chromium().isPresent(), "no Chromium is installed: the search is not tried in a browser");
        assertThat(Site.build(Path.of("..", ".."), site)).isEmpty();
    }

    @Test
    void aHeadingIsFoundFirstAndItsLinkLeadsThere() throws Exception {
        String shown = open("runtime/WRITING.html?q=what+happens+when");

        assertThat(results(shown))
                .startsWith("<a href=\"" + site.toUri() + "runtime/index.html#what-happens-when\"><b>What happens when</b>");
    }

    @Test
    void nothingIsFoundForAWordThatNoPageHas() throws Exception {
        assertThat(open("index.html?q=xyzzyplugh")).contains("Nothing found");
    }

    @Test
    void slashLeadsToTheSearchAndWordsAreSearchedAsTheyAreTyped() throws Exception {
        typeOnLoad("index.html", "fencing token");

        String shown = open("index.html");
        assertThat(shown).contains("<title>typed into search</title>");
        assertThat(results(shown)).contains("<mark>fencing</mark>");
    }

    /** Presses the slash and types, as the page is loaded. */
    private static void typeOnLoad(String page, String words) throws IOException {
        String script = "<script>addEventListener('load', () => {"
                + "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}));"
                + "document.title = 'typed into ' + document.activeElement.type;"
                + "document.activeElement.value = '" + words + "';"
                + "document.activeElement.dispatchEvent(new Event('input', {bubbles: true}));});</script></body>";
        Path file = site.resolve(page);
        Files.writeString(file, Files.readString(file).replace("</body>", script));
    }

    private static String results(String shown) {
        return shown.substring(shown.indexOf("<ol><li>") + "<ol><li>".length());
    }

    /** {@return the page as it is once its scripts have run} */
    private static String open(String page) throws Exception {
        Path shown = Files.createTempFile(work, "page", ".html");
        Process browser = new ProcessBuilder(
                        chromium().orElseThrow().toString(),
                        "--headless",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        // It does not run for root with a sandbox, and sees nothing but our own pages.
                        "--no-sandbox",
                        "--user-data-dir=" + work.resolve("profile"),
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        site.toUri() + page)
                .redirectOutput(shown.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        return Files.readString(shown);
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
