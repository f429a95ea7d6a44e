package org.asyncmigrations.example.site;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * A Markdown file of the repository, and the HTML file that is generated from it.
 *
 * @param source the Markdown file, from the root of the repository, with slashes
 * @param titles the title of each heading, in the page's order
 */
record Page(String source, Node document, Map<Node, Title> titles) {
    /** A heading: its level, its text, and the anchor that GitHub generates for it. */
    record Title(int level, String text, String anchor) {}

    static Page parse(String source, String markdown) {
        Node document = Markdown.parse(markdown);
        IdGenerator anchors = IdGenerator.builder().build();
        Map<Node, Title> titles = new LinkedHashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String text = Markdown.words(heading);
                titles.put(heading, new Title(heading.getLevel(), text, anchors.generateId(text)));
            }
        });
        return new Page(source, document, titles);
    }

    String title() {
        return titles.values().stream().findFirst().map(Title::text).orElse(source);
    }

    Set<String> anchors() {
        return titles.values().stream().map(Title::anchor).collect(Collectors.toSet());
    }

    /** {@return the HTML file, from the root of the site} */
    String html() {
        return source.replaceFirst("README\\.md$", "index.md").replaceFirst("\\.md$", ".html");
    }

    /** {@return the relative path from this page to another file of the site} */
    String wayTo(String file) {
        Path directory = Path.of(html()).getParent();
        return directory == null
                ? file
                : directory.relativize(Path.of(file)).toString().replace('\\', '/');
    }
}
