package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.CustomRecord;
import org.jooq.impl.CustomTable;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are changed in Java by records that have only the columns that the code names. */
class SomeColumnsTest {
    private static final class Letters extends CustomTable<Letter> {
        private static final long serialVersionUID = 1L;

        final TableField<Letter, Long> id = createField(name("id"), SQLDataType.BIGINT.notNull());
        final TableField<Letter, String> text = createField(name("text"), SQLDataType.VARCHAR(50));
        final TableField<Letter, String> plain = createField(name("plain"), SQLDataType.VARCHAR(50));
        final TableField<Letter, Integer> opened = createField(name("opened"), SQLDataType.INTEGER);

        Letters() {
            super(name("letters"));
        }

        @Override
        public Class<? extends Letter> getRecordType() {
            return Letter.class;
        }
    }

    static final class Letter extends CustomRecord<Letter> {
        private static final long serialVersionUID = 1L;

        Letter() {
            super(new Letters());
        }
    }

    private static final Letters LETTERS = new Letters();

    /**
     * Sets {@code plain}.
     *
     * @param table named with its columns or without
     * @param columns what it reads
     * @param used a column that it uses besides
     */
    private record FillPlain(Table<?> table, List<Field<?>> columns, Field<?> used) implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table, LETTERS.id);
        }

        @Override
        public Condition pending() {
            return LETTERS.plain.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(table, columns, letter -> {
                assertThat(letter.size()).isEqualTo(columns.size());
                letter.get(used);
                letter.set(field(name("plain"), String.class), letter.get(field(name("text"), String.class)) + "!");
            });
        }
    }

    private static final List<Field<?>> BOTH = List.of(LETTERS.text, LETTERS.plain);

    static Stream<Arguments> tables() {
        return Stream.of(TestDatabase.values())
                .flatMap(kind -> Stream.of(LETTERS, table(name("letters"))).map(table -> Arguments.of(kind, table)));
    }

    private static TroubleBench.Seen run(Fresh fresh, BatchMigration migration) throws Exception {
        fresh.dsl()
                .createTable(LETTERS)
                .columns(LETTERS.fields())
                .primaryKey(LETTERS.id)
                .execute();
        var insert = fresh.dsl().insertInto(LETTERS).columns(LETTERS.id, LETTERS.text, LETTERS.opened);
        for (long id = 1; id <= 900; id++) {
            insert.values(id, "t" + id, 3);
        }
        insert.execute();
        return TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, migration), b -> b.maxAttempts(1));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void onlyTheNamedColumnsAreReadAndAllOthersStay(TestDatabase kind, Table<?> table) throws Exception {
        try (Fresh fresh = kind.fresh()) {
            assertThat(run(fresh, new FillPlain(table, BOTH, LETTERS.text)).outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl()
                            .fetchCount(
                                    LETTERS,
                                    LETTERS.plain
                                            .eq(LETTERS.text.concat("!"))
                                            .and(LETTERS.opened.eq(3))
                                            .and(LETTERS.text.startsWith("t"))))
                    .isEqualTo(900);
        }
    }

    /** A getter that returned null for it would be believed. */
    @ParameterizedTest
    @MethodSource("tables")
    void anotherColumnIsAnError(TestDatabase kind, Table<?> table) throws Exception {
        try (Fresh fresh = kind.fresh()) {
            TroubleBench.Seen seen = run(fresh, new FillPlain(table, BOTH, LETTERS.opened));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("opened", "not contained");
            assertThat(fresh.dsl().fetchCount(LETTERS, LETTERS.plain.isNotNull()))
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aColumnThatTheTableDoesNotHaveIsRefused(TestDatabase kind, Table<?> table) throws Exception {
        try (Fresh fresh = kind.fresh()) {
            List<Field<?>> columns = List.of(LETTERS.text, field(name("colour"), Record.class));
            TroubleBench.Seen seen = run(fresh, new FillPlain(table, columns, LETTERS.text));
            assertThat(seen.error(1)).contains("the table", "letters", "has no column colour");
        }
    }
}
