package org.asyncmigrations.console;

import org.jspecify.annotations.Nullable;

/**
 * A table that becomes a list of cards on a narrow screen. Its ARIA roles are written out, because browsers drop them together
 * with the table layout. Not thread-safe.
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
     * @param html where to write it
     * @param caption its name, for screen readers
     * @param columns their headings; a heading that ends with # has numbers below it
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

    /** Writes a cell with any content. */
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
