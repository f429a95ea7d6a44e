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

/** The search in a real browser, on pages that are opened as files. Skipped if Chromium isn't installed. */
class SearchTest {
    /** Not a temporary directory: the browser's processes may still write to it after the browser has ended. */
    private static final Path WORK = Path.of("target", "chromium").toAbsolutePath();

    @TempDir
    static Path site;

    @BeforeAll
    static void build() throws IOException {
        assumeTrue(chromium().isPresent(), "no Chromium is installed: the search is not tried in a browser");
        assertThat(Site.build(Path.of("..", ".."), site)).isEmpty();
    }

    @Test
    void aHeadingIsFoundFirstAndItsLinkLeadsThere() throws Exception {
        String shown = open("runtime/WRITING.html?q=what+happens+when");

        assertThat(results(shown))
                .startsWith("<a href=\"" + site.toUri()
                        + "runtime/index.html#what-happens-when\"><b>What happens when</b>");
    }

    @Test
    void slashLeadsToTheSearchAndWordsAreSearchedAsTheyAreTyped() throws Exception {
        typeOnLoad("index.html", "typed.html", "claims fence");

        String shown = open("typed.html");
        assertThat(shown).contains("<title>typed into search</title>");
        assertThat(results(shown)).contains("<b>Claims and the fence</b>", "<mark>fence</mark>");
    }

    /** Creates a copy of a page that presses the slash key and types words once it is loaded. */
    private static void typeOnLoad(String page, String copy, String words) throws IOException {
        String script = "<script>addEventListener('load', () => {"
                + "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}));"
                + "document.title = 'typed into ' + document.activeElement.type;"
                + "document.activeElement.value = '" + words + "';"
                + "document.activeElement.dispatchEvent(new Event('input', {bubbles: true}));});</script></body>";
        String html = Files.readString(site.resolve(page));
        Files.writeString(site.resolve(copy), html.replace("</body>", script));
    }

    private static String results(String shown) {
        return shown.substring(shown.indexOf("<ol><li>") + "<ol><li>".length());
    }

    /** {@return the page's HTML after its scripts have run} */
    private static String open(String page) throws Exception {
        Path shown = Files.createDirectories(WORK).resolve("shown.html");
        Process browser = new ProcessBuilder(
                        chromium().orElseThrow().toString(),
                        "--headless",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        // As root, Chromium doesn't run with a sandbox. It opens only our own pages.
                        "--no-sandbox",
                        "--user-data-dir=" + WORK.resolve("profile"),
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        site.toUri() + page)
                .redirectOutput(shown.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
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
