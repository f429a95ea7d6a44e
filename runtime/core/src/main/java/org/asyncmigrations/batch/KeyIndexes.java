package org.asyncmigrations.batch;

import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.KeyIndex;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a walked table, from the catalog. The planner isn't asked: its choice may change tomorrow, and for a small table
 * it rightly uses no index.
 *
 * @param key the names of the key's columns
 * @param indexes all indexes of the table
 */
record KeyIndexes(List<String> key, List<KeyIndex> indexes) {
    /**
     * From this number of rows on, a walk needs an index. With fewer, a batch that reads and sorts all of them takes some 10 ms,
     * and there are few batches.
     */
    static final long SMALL = 10_000;

    /** The most indexes named in an error message; more would hide what to do. */
    private static final int SHOWN = 3;

    /** The longest beginning of an index's name: with its suffix, it has the length that MariaDB allows. */
    private static final int NAME_LENGTH = 59;

    KeyIndexes {
        key = List.copyOf(key);
        indexes = List.copyOf(indexes);
    }

    static KeyIndexes read(KeySpace space, DSLContext dsl) {
        List<KeyIndex> indexes = space.product().indexes(dsl, space.shape());
        return new KeyIndexes(space.columns().stream().map(KeyColumn::name).toList(), indexes);
    }

    /** {@return the name of an index that alone can serve the walk, null for none} */
    @Nullable
    String serving() {
        return indexes.stream()
                .filter(index -> index.misfit(key) == null)
                .map(KeyIndex::name)
                .findFirst()
                .orElse(null);
    }

    /**
     * Refuses a walk that would read and sort the whole table for each batch.
     *
     * @param dsl renders the index to create in the database's syntax
     * @param rows the planner's estimate of the table's rows
     * @throws IllegalKeyException if no index serves and the table isn't small
     */
    void require(KeySpace space, DSLContext dsl, long rows) {
        if (rows >= SMALL && serving() == null && space.positions() == null) {
            throw new IllegalKeyException(String.format(
                    "the key (%s) of %s has no index to walk it by, so each batch would read and sort the table's rows,"
                            + " about %,d; create one (%s), or let key() name columns that have one%s%s",
                    columns(), space.table(), rows, definition(space, dsl), primaryKey(space), misfits()));
        }
    }

    private String columns() {
        return String.join(", ", key);
    }

    /** Not a unique index: uniqueness is already ensured, and checking it again would cost each write. */
    private String definition(KeySpace space, DSLContext dsl) {
        String names =
                key.stream().map(name -> dsl.render(DSL.quotedName(name))).collect(Collectors.joining(", "));
        String on = dsl.render(space.table()) + " (" + names + ")";
        String joined = String.join("_", key);
        String name = joined.substring(0, Math.min(NAME_LENGTH, joined.length())) + "_walk";
        return space.product().indexDefinition(dsl.render(DSL.quotedName(name)), on);
    }

    private String primaryKey(KeySpace space) {
        List<String> primary = space.shape().primaryKey();
        boolean helps = !primary.isEmpty() && new KeyIndexes(primary, indexes).serving() != null;
        return helps ? ", such as the primary key (" + String.join(", ", primary) + ")" : "";
    }

    private String misfits() {
        String shown = indexes.stream()
                .filter(index -> index.resembles(key))
                .limit(SHOWN)
                .map(index -> index.name() + " " + index.misfit(key))
                .collect(Collectors.joining("; "));
        return shown.isEmpty() ? "" : ". The existing ones cannot be used: " + shown;
    }
}
