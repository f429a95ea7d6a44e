package org.asyncmigrations.console;

import org.jspecify.annotations.Nullable;

/**
 * A table that is a list of cards on a narrow screen. The roles are written out, since a browser drops them with the layout. Not safe for
 * threads.
 */
final class Table {
    private final Html html;
    private final String[] columns;
    private int column;

    private Table(Html html, String[] columns) {
        this.html = html;
        this.columns = columns;
    }

    /**
     * Begins a table.
     *
     * @param html where
     * @param caption its name, for those who do not see what is around it
     * @param columns their heads; one that ends with a # has numbers
     * @return the table
     */
    static Table begin(Html html, String caption, String... columns) {
        html.open("table", "role", "table", "aria-label", caption).open("thead", "role", "rowgroup");
        html.open("tr", "role", "row");
        for (String column : columns) {
            html.element(
                    "th",
                    name(column),
                    "role",
                    "columnheader",
                    "scope",
                    "col",
                    "class",
                    column.endsWith("#") ? "number" : null);
        }
        html.close("tr").close("thead").open("tbody", "role", "rowgroup");
        return new Table(html, columns);
    }

    private static String name(String column) {
        return column.replace("#", "");
    }

    Table row() {
        return row(null);
    }

    Table row(@Nullable String kind) {
        html.open("tr", "role", "row", "class", kind);
        column = 0;
        return this;
    }

    /** A cell with whatever is written in it. */
    Table cell(Runnable content) {
        String head = columns[column++];
        html.open("td", "role", "cell", "data-label", name(head), "class", head.endsWith("#") ? "number" : null);
        content.run();
        html.close("td");
        return this;
    }

    Table cell(Object text) {
        return cell(() -> html.text(text));
    }

    void endRow() {
        html.close("tr");
    }

    void end() {
        html.close("tbody").close("table");
    }
}
