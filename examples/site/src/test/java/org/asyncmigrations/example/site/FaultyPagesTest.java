package org.asyncmigrations.example.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build reports broken links and wrong pages, and escapes text that would be HTML. */
class FaultyPagesTest {
    @TempDir
    Path repository;

    @TempDir
    Path site;

    @BeforeEach
    void twoPages() throws IOException {
        page("GUIDE.md", "# The guide\n\n## Start\n\n- [First](README.md)\n- [Second](docs/SECOND.md): more\n");
        page("README.md", "# One\n\n[on](docs/SECOND.md#two-and-a-half)\n");
        page("docs/SECOND.md", "# Two\n\n## Two, and a `half`\n\n## Twice\n\n## Twice\n\n[back](../README.md)\n");
    }

    @Test
    void pagesWithoutFaultAreWritten() throws IOException {
        assertThat(Site.build(repository, site)).isEmpty();
        assertThat(read("docs/SECOND.html"))
                .contains("<h2 id=\"two-and-a-half\">Two, and a <code>half</code></h2>")
                .contains("<h2 id=\"twice\">", "<h2 id=\"twice-1\">")
                .contains("<a href=\"../index.html\">back</a>");
    }

    @Test
    void aLinkThatLeadsNowhereIsNamedWithPageAndLine() throws IOException {
        page("docs/SECOND.md", "# Two\n\n## Two and a half\n\n| a |\n|---|\n| [gone](GONE.md) |\n\n[out](../../x)\n");

        assertThat(Site.build(repository, site))
                .containsExactly(
                        "docs/SECOND.md:7: [gone](GONE.md): there is no such file in the repository",
                        "docs/SECOND.md:9: [out](../../x): there is no such file in the repository");
        assertThat(site).isEmptyDirectory();
    }

    @Test
    void anAnchorThatIsNoHeadingIsNamed() throws IOException {
        page("README.md", "# One\n\nText\n[on](docs/SECOND.md#half)\n\n[here](#nowhere)\n");

        assertThat(Site.build(repository, site))
                .containsExactly(
                        "README.md:4: [on](docs/SECOND.md#half): docs/SECOND.md has no such heading",
                        "README.md:6: [here](#nowhere): README.md has no such heading");
    }

    @Test
    void aPageThatTheGuideLacksIsNamedAndSoIsOneThatItListsInVain() throws IOException {
        page("docs/THIRD.md", "# Three\n");
        page("pom.xml", "<project/>");
        page("GUIDE.md", "# The guide\n\n## Start\n\n- [First](README.md)\n- [Build](pom.xml)\n- [Again](README.md)\n");

        assertThat(Site.build(repository, site))
                .containsExactly(
                        "GUIDE.md: pom.xml is no page",
                        "GUIDE.md: README.md is listed twice",
                        "GUIDE.md: docs/SECOND.md is missing; list it in a section",
                        "GUIDE.md: docs/THIRD.md is missing; list it in a section");
    }

    @Test
    void aPictureOrAScriptFromElsewhereIsRefused() throws IOException {
        page("README.md", "# One\n\n![x](https://example.org/x.png)\n\n[y](javascript:alert(1))\n");

        assertThat(Site.build(repository, site))
                .containsExactly(
                        "README.md:5: [y](javascript:alert(1)): there is no such file in the repository",
                        "README.md:3: [x](https://example.org/x.png): there is no such file in the repository");
    }

    @Test
    void filesAreCopiedAndDirectoriesAreNamed() throws IOException {
        page("code/A.java", "class A {}");
        page("docs/a.png", "");
        page("README.md", "# One\n\n[A](code/A.java), [some code](code), [`code`](code)\n\n![a](docs/a.png)\n");

        assertThat(Site.build(repository, site)).isEmpty();
        assertThat(read("index.html"))
                .contains("<a href=\"code/A.java.txt\">A</a>, some code (<code>code</code>), <code>code</code>")
                .contains("<img src=\"docs/a.png\" alt=\"a\" />");
        assertThat(read("code/A.java.txt")).isEqualTo("class A {}");
        assertThat(site.resolve("docs/a.png")).exists();
    }

    @Test
    void htmlInAPageIsShownAsText() throws IOException {
        String hostile = "<script>alert(1)</script>";
        page(
                "GUIDE.md",
                "# The guide\n\n## `" + hostile + "`\n\n- [`" + hostile + "`](README.md)\n- [b](docs/SECOND.md)\n");
        page(
                "README.md",
                "# `" + hostile + "`\n\n" + hostile + "\n\nin " + hostile + "\n\n```" + hostile + "\n" + hostile
                        + "\n```\n\n    " + hostile + "\n\n[a](docs/SECOND.md \"" + hostile + "\")\n");

        assertThat(Site.build(repository, site)).isEmpty();
        assertThat(read("index.html")).doesNotContain("<script>").contains("&lt;script&gt;alert(1)");
        assertThat(read("docs/SECOND.html")).doesNotContain("<script>").contains("&lt;script&gt;alert(1)");
        assertThat(read("search-index.js")).doesNotContain("<").contains("\\u003cscript>alert(1)");
    }

    private void page(String name, String text) throws IOException {
        Files.createDirectories(repository.resolve(name).getParent());
        Files.writeString(repository.resolve(name), text);
    }

    private String read(String name) throws IOException {
        return Files.readString(site.resolve(name));
    }
}
