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
 * The state of the migrations table, short enough to read at each poll: the rows that aren't done, and a count and a checksum of
 * those that are. Without these, a deleted row and a row that became done would look the same. As long as two readings are equal,
 * the same migration is next, except for what the live instances decide. Immutable and thread-safe.
 *
 * @param done how many rows are done
 * @param checksum the checksum of their versions
 * @param rows the rows that are not done
 */
public record PolledRows(long done, Checksum checksum, Set<Row> rows) {
    /** With these primes, the sums of a million remainders and of a million products of two remainders fit into a long. */
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
     * @param word its state, as in the table
     * @param fingerprint the code that may work on it
     * @param token the number of its last claim
     * @param flags everything else that the order of migrations depends on, one bit each
     */
    public record Row(long version, String word, String fingerprint, long token, int flags) {}

    /**
     * Distinguishes sets of versions of the same size.
     *
     * @param remainders the sum of the remainders by one prime
     * @param products the sum of the products of the remainders by both primes
     */
    public record Checksum(long remainders, long products) {}

    /**
     * Copies the set.
     *
     * @param done how many rows are done
     * @param checksum the checksum of their versions
     * @param rows the rows that are not done
     */
    public PolledRows {
        rows = Set.copyOf(rows);
    }

    /**
     * Converts rows that were read in full.
     *
     * @param all all rows
     * @return the same as {@link #read} returns
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
     * Reads the table, with one statement in auto-commit.
     *
     * @param store the state tables
     * @return its state
     * @throws SQLException if there is no connection
     * @throws org.jooq.exception.DataAccessException if the server refuses
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

    /** With a cast, since on H2 it would have the type of the literal. */
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
