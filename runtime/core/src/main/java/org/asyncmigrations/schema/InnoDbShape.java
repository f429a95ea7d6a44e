package org.asyncmigrations.schema;

import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import org.asyncmigrations.product.Trouble;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** An empty temporary copy of a table, on which MariaDB and MySQL try a change. Used by one thread. */
record InnoDbShape(DSLContext dsl, SchemaText text) {
    static final String NAME = "async_migrations_shape";

    /** Has the server write down the definition on the copy, whose lines it writes like those of the table. */
    void requireSame(String kind, String name, String found, String definition, String withoutIt) {
        copy();
        try {
            dsl.execute("alter table " + NAME + " " + withoutIt + ", add " + definition);
            if (!TableLines.of(dsl, NAME).has(found)) {
                throw PostgresSchema.other(kind, name, text, definition);
            }
        } finally {
            drop();
        }
    }

    /** What can't be compared once it is there is not begun. */
    void requireCopy() {
        tried(List.of(), why -> why);
    }

    /** Sends statements to the copy. If the server refuses one, the change is refused; the sentence has the server's words in it. */
    void tried(List<String> statements, UnaryOperator<String> sentence) {
        orRefused(
                this::copy,
                why -> "no temporary copy of table " + text.tableName()
                        + " can be made, by which the change would be recognized when it is done (" + why
                        + "); grant the right to create temporary tables; if the table has partitions or a full-text index,"
                        + " let a migration of the schema do it");
        try {
            orRefused(() -> statements.forEach(this::send), sentence);
        } finally {
            drop();
        }
    }

    private static void orRefused(Runnable tried, UnaryOperator<String> sentence) {
        try {
            tried.run();
        } catch (DataAccessException refused) {
            if (Trouble.of(refused) != Trouble.ATTEMPT) {
                throw refused;
            }
            throw new SchemaRefusedException(sentence.apply(Trouble.words(refused)));
        }
    }

    private void copy() {
        // A claim that was lost meanwhile may have left one.
        dsl.execute("drop temporary table if exists " + NAME);
        dsl.execute("create temporary table " + NAME + " like " + text.table());
    }

    private void drop() {
        dsl.execute("drop temporary table " + NAME);
    }

    /** Not by jOOQ, which takes question marks and braces for its own. */
    private void send(String sql) {
        dsl.connection(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
            }
        });
    }
}
