package org.asyncmigrations.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/**
 * The definition of a table as MariaDB and MySQL write it down: one line for each column, index and constraint. Immutable.
 *
 * @param lines the lines, without what separates them
 */
record TableLines(List<String> lines) {
    /** {@return the lines of a table} */
    static TableLines of(DSLContext dsl, String table) {
        String text = dsl.fetchSingle("show create table " + table).get(1, String.class);
        return new TableLines(
                text.lines().map(line -> line.strip().replaceFirst(",$", "")).toList());
    }

    Optional<String> column(String quoted) {
        return beginning(quoted + " ");
    }

    Optional<String> constraint(String quoted) {
        return beginning("CONSTRAINT " + quoted + " ");
    }

    Optional<String> index(String quoted) {
        return Stream.of("", "UNIQUE ", "FULLTEXT ", "SPATIAL ")
                .flatMap(kind -> beginning(kind + "KEY " + quoted + " ").stream())
                .findFirst();
    }

    private Optional<String> beginning(String text) {
        return lines.stream().filter(line -> line.startsWith(text)).findFirst();
    }

    boolean has(String line) {
        return lines.contains(line);
    }
}
