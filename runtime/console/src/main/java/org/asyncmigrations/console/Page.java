package org.asyncmigrations.console;

import java.util.Locale;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** The frame of each page: head, navigation, messages and foot. Not thread-safe. */
final class Page {
    /** The pages of a registry: name in the address, empty for the first, and label. */
    private static final String[][] TABS = {
        {"", "Migrations"}, {"instances", "Instances and gates"}, {"events", "Events"}
    };

    private final View view;
    private final Html html = new Html();

    Page(View view) {
        this.view = view;
    }

    /**
     * Begins a page.
     *
     * @param view the page's request
     * @param title its title
     * @return the page, to which its content is added
     */
    static Page begin(View view, String title) {
        Page page = new Page(view);
        page.head(title);
        page.top();
        page.html.open("main", "id", "main", "tabindex", "-1");
        return page;
    }

    Html html() {
        return html;
    }

    private void head(String title) {
        html.open("!doctype html").open("html", "lang", "en").open("head");
        html.open("meta", "charset", "utf-8");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", title + " – async-migrations");
        html.open("link", "rel", "stylesheet", "href", Asset.STYLE.link());
        html.open("link", "rel", "icon", "href", Asset.ICON.link());
        html.open("script", "src", Asset.SCRIPT.link(), "defer", "").close("script");
        html.close("head").open("body");
    }

    private void top() {
        html.element("a", "Skip to content", "class", "skip", "href", "#main");
        html.open("header", "class", "top");
        html.link(Link.HOME, "async-migrations", "class", "brand");
        WatchedRegistry registry = view.registry();
        if (registry != null) {
            if (!view.isOnly()) {
                html.link(view.home(), registry.name(), "class", "registry", "title", "Registry");
            }
            html.open("nav", "aria-label", "Pages");
            for (String[] tab : TABS) {
                boolean isHere = view.link().text("view").equals(tab[0]);
                boolean isBelow = tab[0].isEmpty() && view.link().version() != 0;
                Link link = tab[0].isEmpty() ? view.home() : view.to(tab[0]);
                html.link(link, tab[1], "aria-current", isHere ? isBelow ? "true" : "page" : null);
            }
            html.close("nav");
        }
        String who = view.request().principal();
        html.element("span", who.isBlank() ? "Not signed in" : who, "class", "who", "title", "Who gives orders");
        html.close("header");
    }

    /** {@return the finished page} */
    String end() {
        html.close("main").open("footer", "class", "foot").open("span", "id", "read", "data-live", "");
        html.text("As of ");
        Written.time(html, view.now());
        html.close("span");
        html.link(view.link(), "Reload");
        html.link(view.link().with("format", "json"), "JSON");
        html.open("span", "id", "lost", "class", "lost", "hidden", "");
        html.text("Connection lost: what you see may be old").close("span");
        html.close("footer");
        html.open("p", "id", "said", "class", "said", "role", "status").close("p");
        return html.close("body").close("html").toString();
    }

    /** Writes a message above the content. */
    void callout(String kind, String text) {
        html.open("p", "class", "callout " + kind);
        Written.sentence(html, text);
        html.close("p");
    }

    /** Explains why a page, or a part of it, is still empty, and what to do. */
    void teach(String title, String... paragraphs) {
        html.open("section", "class", "empty").element("h2", title);
        for (String paragraph : paragraphs) {
            // A line that begins with a dollar sign can be copied.
            if (paragraph.startsWith("$")) {
                html.open("pre", "tabindex", "0")
                        .element("code", paragraph.substring(1))
                        .close("pre");
            } else {
                html.element("p", paragraph);
            }
        }
        html.close("section");
    }

    /** Writes a migration's state, in its colour. */
    static void state(Html html, MigrationStatus migration) {
        String word = word(migration);
        tag(html, word, word.replace(' ', '-'));
    }

    static String word(MigrationStatus migration) {
        if (migration.state() == State.FAILED || migration.state() == State.DONE) {
            return migration.state().word();
        }
        if (migration.paused()) {
            return Order.waitsForApproval(migration) ? "to approve" : "paused";
        }
        MigrationStatus.Pace pace = migration.now().pace();
        if (pace.lockedBy() != null) {
            return "locked out";
        }
        return pace.throttled() == null ? migration.state().word() : "throttled";
    }

    static void tag(Html html, String word, String kind) {
        html.element("span", word, "class", "tag " + kind.toLowerCase(Locale.ROOT));
    }

    /** Writes a form to search by name. */
    void search(String label, Link keep, @Nullable String value) {
        html.open("form", "class", "search", "role", "search", "method", "get");
        keep.parameters().forEach((name, kept) -> html.open("input", "type", "hidden", "name", name, "value", kept));
        html.open("input", "type", "search", "name", "q", "value", value, "aria-label", label, "placeholder", label);
        html.element("button", "Search").close("form");
    }

    /** Writes links to the previous and the next page. */
    void pager(int page, boolean hasMore, String newer, String older) {
        if (page == 0 && !hasMore) {
            return;
        }
        html.open("nav", "class", "pager", "aria-label", "Pages of the list");
        if (page > 0) {
            html.link(view.link().with("page", page == 1 ? null : page - 1), newer, "rel", "prev");
        }
        html.element("span", "Page " + (page + 1));
        if (hasMore) {
            html.link(view.link().with("page", page + 1), older, "rel", "next");
        }
        html.close("nav");
    }
}
