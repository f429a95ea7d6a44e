package org.asyncmigrations.example.site;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.node.Node;

/** The text of all pages, by headings, as a script: a page that is opened as a file may load a script, but may not fetch JSON. */
final class SearchIndex {
    private SearchIndex() {}

    static String of(List<Page> pages) {
        return pages.stream()
                .flatMap(page -> sections(page).stream())
                .collect(Collectors.joining(",\n", "const searchIndex = [\n", "\n];\n"));
    }

    /** {@return for each heading: its address, the page's title, the heading itself, and the text up to the next one} */
    private static List<String> sections(Page page) {
        List<String> sections = new ArrayList<>();
        Page.Title title = new Page.Title(1, page.title(), "");
        StringBuilder text = new StringBuilder();
        for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
            Page.Title next = page.titles().get(node);
            if (next == null) {
                text.append(Markdown.words(node)).append(' ');
            } else {
                if (node.getPrevious() != null) {
                    sections.add(section(page, title, text));
                }
                title = next;
                text.setLength(0);
            }
        }
        sections.add(section(page, title, text));
        return sections;
    }

    private static String section(Page page, Page.Title title, CharSequence text) {
        return List.of(page.html() + "#" + title.anchor(), page.title(), title.text(), text.toString()).stream()
                .map(SearchIndex::quote)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.trim().chars().forEach(character -> {
            if (character < ' ' || character == '"' || character == '\\' || character == '<') {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
