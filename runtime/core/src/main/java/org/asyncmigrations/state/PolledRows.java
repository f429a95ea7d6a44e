package org.asyncmigrations.state;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What the migrations' table says, short enough to be read at each poll: the rows that are not done, and a count and a checksum of
 * those that are, since a row that was deleted and one that has become done look alike otherwise. As long as two of them are equal,
 * the same migration is next, apart from what the live instances decide. Immutable and thread-safe.
 *
 * @param done how many rows are done
 * @param checksum of their versions
 * @param rows the rows that are not done
 */
public record PolledRows(long done, Checksum checksum, Set<Row> rows) {
    /** Two primes: a million remainders, and a million products of two, have a sum that a long holds. */
    private static final long PRIME = 1_000_003;

    private static final long OTHER_PRIME = 999_983;

    private static final int PAUSED = 1;
    private static final int DUE = 2;
    private static final int OPENED = 4;
    private static final int BEGUN = 8;
    private static final int OWNED = 16;
    private static final int EXPIRED = 32;

    /**
     * A row that is not done, in about 60 bytes.
     *
     * @param version its version
     * @param word its state as the table has it
     * @param fingerprint the code that may work on it
     * @param token the number of its last claim
     * @param flags what else the order of migrations depends on, a bit each
     */
    public record Row(long version, String word, String fingerprint, long token, int flags) {}

    /**
     * Tells sets of versions apart that have as many members.
     *
     * @param remainders the sum of their remainders by one prime
     * @param products the sum of their remainders by two primes, multiplied
     */
    public record Checksum(long remainders, long products) {}

    /**
     * Copies the set.
     *
     * @param done how many rows are done
     * @param checksum of their versions
     * @param rows the rows that are not done
     */
    public PolledRows {
        rows = Set.copyOf(rows);
    }

    /**
     * What a poll says of rows as they were read in full.
     *
     * @param all all rows
     * @return the same as {@link #read} gives
     */
    public static PolledRows of(List<MigrationRow> all) {
        long done = 0;
        long remainders = 0;
        long products = 0;
        Set<Row> rows = new HashSet<>();
        for (MigrationRow row : all) {
            long version = row.version();
            if (row.state() == State.DONE) {
                done++;
                remainders += version % PRIME;
                products += version % PRIME * (version % OTHER_PRIME);
            } else {
                rows.add(new Row(version, row.word(), row.code().fingerprint(), row.token(), flags(row)));
            }
        }
        return new PolledRows(done, new Checksum(remainders, products), rows);
    }

    private static int flags(MigrationRow row) {
        return (row.paused() ? PAUSED : 0)
                + (row.due() ? DUE : 0)
                + (row.gate().openedAt() == null ? 0 : OPENED)
                + (row.gate().begun() ? BEGUN : 0)
                + switch (row.hold()) {
                    case FREE -> 0;
                    case LIVE -> OWNED;
                    case ABANDONED -> OWNED + EXPIRED;
                };
    }

    /**
     * Reads them, with one statement in auto-commit.
     *
     * @param store where the table is
     * @return what it says
     * @throws SQLException when there is no connection
     * @throws org.jooq.exception.DataAccessException when the server refuses
     */
    public static PolledRows read(StateStore store) throws SQLException {
        return store.read(PolledRows::read);
    }

    private static PolledRows read(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Field<Long> remainder = remainder(t, PRIME);
        Result<Record5<Long, String, String, Long, Long>> result = tx.dsl()
                .select(t.VERSION, t.STATE, t.FINGERPRINT, t.TOKEN, flags(tx))
                .from(t)
                .where(t.STATE.ne(inline(State.DONE.word())))
                .unionAll(tx.dsl()
                        .select(
                                DSL.count().cast(SQLDataType.BIGINT),
                                DSL.castNull(t.STATE),
                                DSL.castNull(t.FINGERPRINT),
                                sum(remainder),
                                sum(remainder.mul(remainder(t, OTHER_PRIME))))
                        .from(t)
                        .where(t.STATE.eq(inline(State.DONE.word()))))
                .fetch();
        long done = 0;
        Checksum checksum = new Checksum(0, 0);
        Set<Row> rows = new HashSet<>();
        for (Record5<Long, String, String, Long, Long> row : result) {
            if (row.value2() == null) {
                done = row.value1();
                checksum = new Checksum(row.value4(), row.value5());
            } else {
                rows.add(new Row(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5().intValue()));
            }
        }
        return new PolledRows(done, checksum, rows);
    }

    /** On H2 it would have the type of a literal. */
    private static Field<Long> remainder(SchemaMigrations<?> t, long prime) {
        return t.VERSION.mod(inline(prime)).cast(SQLDataType.BIGINT);
    }

    private static Field<Long> flags(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Condition isOwned = t.OWNER.isNotNull();
        return flag(t.PAUSED.isTrue(), PAUSED)
                .plus(flag(MigrationRows.due(tx), DUE))
                .plus(flag(t.GATE_OPENED_AT.isNotNull(), OPENED))
                .plus(flag(t.STARTED_AT.isNotNull(), BEGUN))
                .plus(flag(isOwned, OWNED))
                .plus(flag(isOwned.and(MigrationRows.expired(tx)), EXPIRED));
    }

    private static Field<Long> flag(Condition condition, long bit) {
        return when(condition, inline(bit)).otherwise(inline(0L));
    }

    private static Field<Long> sum(Field<Long> numbers) {
        return coalesce(DSL.sum(numbers).cast(SQLDataType.BIGINT), inline(0L));
    }
}
