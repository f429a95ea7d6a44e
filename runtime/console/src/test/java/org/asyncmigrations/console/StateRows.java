package org.asyncmigrations.console;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTables;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** State tables with rows as an application would have written them. */
final class StateRows implements AutoCloseable {
    static final StateTables TABLES = StateTables.named(null, "async_");
    static final String BUILD = "9c41d7e0a5b2";

    private final Fresh fresh;
    private final StateStore store;

    private StateRows(Fresh fresh) {
        this.fresh = fresh;
        this.store = new StateStore(
                Connections.of(fresh.dataSource()), () -> TABLES, "shop-1:17:4f", event -> {}, () -> Duration.ZERO);
    }

    static StateRows on(TestDatabase database) {
        Fresh fresh = database.fresh();
        try {
            StateSchema.install(Connections.of(fresh.dataSource()), TABLES);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new StateRows(fresh);
    }

    Operator operator() {
        return Operator.of(fresh.dataSource());
    }

    Fresh database() {
        return fresh;
    }

    StateRows register(MigrationEntry... entries) {
        try {
            store.transaction(tx -> {
                MigrationRows.register(tx, List.of(entries), BUILD);
                return null;
            });
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return this;
    }

    /** Now, as the tables have it: the database is on this machine. */
    static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    StateRows set(long version, Map<? extends Field<?>, ?> values) {
        fresh.dsl()
                .update(TABLES.migrations())
                .set(values)
                .where(TABLES.migrations().VERSION.eq(version))
                .execute();
        return this;
    }

    private void insert(Table<?> table, Map<? extends Field<?>, ?> values) {
        fresh.dsl().insertInto(table).set(values).execute();
    }

    /** A live instance of a build that has these migrations. */
    StateRows instance(String id, String host, String release, String build, String versions, Duration seenAgo) {
        var i = TABLES.instances();
        var b = TABLES.builds();
        LocalDateTime now = now();
        fresh.dsl()
                .insertInto(b)
                .set(Map.of(b.BUILD, build, b.VERSIONS, versions, b.FIRST_SEEN, now))
                .onDuplicateKeyIgnore()
                .execute();
        insert(
                i,
                Map.of(
                        i.INSTANCE,
                        id,
                        i.HOST,
                        host,
                        i.APPLICATION,
                        "shop",
                        i.BUILD,
                        build,
                        i.RELEASE_NAME,
                        release,
                        i.RUNTIME,
                        "0.1.0",
                        i.STARTED_AT,
                        now.minusHours(3),
                        i.SEEN_AT,
                        now.minus(seenAgo)));
        return this;
    }

    StateRows range(long version, long number, String owner, String from, String cursor, String to, long rate) {
        var r = TABLES.ranges();
        LocalDateTime now = now();
        String run = fresh.dsl()
                .select(TABLES.migrations().RUN_ID)
                .from(TABLES.migrations())
                .where(TABLES.migrations().VERSION.eq(version))
                .fetchSingle()
                .value1();
        insert(
                r,
                Map.ofEntries(
                        Map.entry(r.VERSION, version),
                        Map.entry(r.RANGE_NO, number),
                        Map.entry(r.RUN_ID, run),
                        Map.entry(r.FROM_KEY, from),
                        Map.entry(r.CURSOR, cursor),
                        Map.entry(r.TO_KEY, to),
                        Map.entry(r.OWNER, owner),
                        Map.entry(r.TOKEN, 1L),
                        Map.entry(r.CLAIMED_UNTIL, now.plusMinutes(30)),
                        Map.entry(r.ATTEMPTS, 1),
                        Map.entry(r.BEATS, 0L),
                        Map.entry(r.ROWS_DONE, 411_200L),
                        Map.entry(r.ROWS_FOUND, 0L),
                        Map.entry(r.KEYS_WALKED, 428_000L),
                        Map.entry(r.UPDATED_AT, now),
                        Map.entry(r.BATCH_KEYS, 1_900L),
                        Map.entry(r.BATCH_MILLIS, 96L),
                        Map.entry(r.KEYS_PER_SECOND, rate)));
        return this;
    }

    StateRows reject(long version, String key, String error) {
        var j = TABLES.rejects();
        String run = fresh.dsl()
                .select(TABLES.migrations().RUN_ID)
                .from(TABLES.migrations())
                .where(TABLES.migrations().VERSION.eq(version))
                .fetchSingle()
                .value1();
        insert(
                j,
                Map.of(
                        j.VERSION,
                        version,
                        j.KEY_HASH,
                        UUID.randomUUID().toString().replace("-", ""),
                        j.RUN_ID,
                        run,
                        j.ROW_KEY,
                        key,
                        j.ERROR,
                        error,
                        j.ATTEMPTS,
                        2,
                        j.CREATED_AT,
                        now().minusMinutes(2),
                        j.UPDATED_AT,
                        now()));
        return this;
    }

    StateRows event(long version, String event, Duration ago, String who, String detail) {
        var e = TABLES.events();
        insert(
                e,
                Map.of(
                        e.ID,
                        UUID.randomUUID().toString(),
                        e.VERSION,
                        version,
                        e.HAPPENED_AT,
                        now().minus(ago),
                        e.EVENT,
                        event,
                        e.WHO,
                        who,
                        e.DETAIL,
                        detail));
        return this;
    }

    StateRows forgetEvents() {
        fresh.dsl().deleteFrom(TABLES.events()).where(DSL.trueCondition()).execute();
        return this;
    }

    @Override
    public void close() {
        fresh.close();
    }
}
