package org.asyncmigrations.example.site;

import static org.asyncmigrations.example.site.Markdown.escape;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The frame of a page: the table of contents, the search, and links to the previous and the next page. */
final class Layout {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String template;
    private final Guide guide;
    private final Map<String, Page> pages;

    Layout(String template, Guide guide, Map<String, Page> pages) {
        this.template = template;
        this.guide = guide;
        this.pages = pages;
    }

    String html(Page page) {
        List<Guide.Entry> entries = guide.entries();
        List<String> sources = entries.stream().map(Guide.Entry::source).toList();
        int at = sources.indexOf(page.source());
        String name = page.title().equals("async-migrations") ? "" : page.title() + " · ";
        Map<String, String> values = Map.of(
                "title", escape(name + "async-migrations"),
                "style", page.wayTo("site.css"),
                "script", page.wayTo("site.js"),
                "home", page.wayTo("index.html"),
                "section", escape(section(page)),
                "text", Markdown.html(page),
                "source", escape(page.source()),
                "before", at > 0 ? link(page, entries.get(at - 1), " rel=\"prev\"") : "",
                "after", at >= 0 && at + 1 < entries.size() ? link(page, entries.get(at + 1), " rel=\"next\"") : "",
                "contents", contents(page));
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
    }

    private String section(Page page) {
        return guide.sections().stream()
                .filter(section -> section.entries().stream()
                        .anyMatch(entry -> entry.source().equals(page.source())))
                .map(Guide.Section::name)
                .findFirst()
                .orElse("");
    }

    private String contents(Page page) {
        return guide.sections().stream()
                .map(section -> "<h2>" + escape(section.name()) + "</h2>\n<ul>\n"
                        + section.entries().stream()
                                .map(entry -> item(page, entry))
                                .collect(Collectors.joining())
                        + "</ul>\n")
                .collect(Collectors.joining());
    }

    private String item(Page page, Guide.Entry entry) {
        if (!entry.source().equals(page.source())) {
            return "<li>" + link(page, entry, "") + "</li>\n";
        }
        String headings = page.titles().values().stream()
                .filter(title -> title.level() == 2)
                .map(title -> "<li><a href=\"#" + escape(title.anchor()) + "\">" + escape(title.text()) + "</a></li>\n")
                .collect(Collectors.joining());
        return "<li>" + link(page, entry, " aria-current=\"page\"")
                + (headings.isEmpty() ? "" : "\n<ul>\n" + headings + "</ul>\n") + "</li>\n";
    }

    private String link(Page page, Guide.Entry entry, String attributes) {
        String way = page.wayTo(pages.get(entry.source()).html());
        return "<a href=\"" + escape(way) + "\"" + attributes + ">" + escape(entry.name()) + "</a>";
    }
}
