package org.asyncmigrations.example.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/** The table of contents, read from the headings and lists of GUIDE.md. The first link of each list item is a page. */
record Guide(List<Section> sections) {
    static final String SOURCE = "GUIDE.md";

    record Section(String name, List<Entry> entries) {}

    /** A page, with its name in the table of contents. */
    record Entry(String name, String source) {}

    static Guide read(Page page) {
        List<Section> sections = new ArrayList<>();
        for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                sections.add(new Section(Markdown.words(heading), new ArrayList<>()));
            } else if (node instanceof BulletList list && !sections.isEmpty()) {
                List<Entry> entries = sections.get(sections.size() - 1).entries();
                for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
                    links(item).limit(1).forEach(entries::add);
                }
            }
        }
        return new Guide(List.copyOf(sections));
    }

    List<Entry> entries() {
        return sections.stream().flatMap(section -> section.entries().stream()).toList();
    }

    /** {@return what is wrong with the table of contents, given the pages of the repository} */
    List<String> problems(Collection<String> pages) {
        Set<String> listed = new HashSet<>();
        Stream<String> wrong = entries().stream()
                .map(Entry::source)
                .filter(source -> !listed.add(source) || !pages.contains(source))
                .map(source -> SOURCE + ": " + source + (pages.contains(source) ? " is listed twice" : " is no page"));
        Stream<String> missing = pages.stream()
                .filter(source -> !source.equals(SOURCE) && !listed.contains(source))
                .map(source -> SOURCE + ": " + source + " is missing; list it in a section");
        return Stream.concat(wrong.toList().stream(), missing).toList();
    }

    private static Stream<Entry> links(Node item) {
        List<Entry> links = new ArrayList<>();
        item.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(new Entry(Markdown.words(link), link.getDestination()));
            }
        });
        return links.stream();
    }
}
