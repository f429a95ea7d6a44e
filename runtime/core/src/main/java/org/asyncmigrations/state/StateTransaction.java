package org.asyncmigrations.state;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.State;
import org.asyncmigrations.product.Product;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A transaction as the state tables' methods use it: its jOOQ context, its clock, and the events that it writes. Used by one thread. */
public final class StateTransaction {
    private final String schema;
    private final DSLContext dsl;
    private final Product product;
    private final StateStore store;
    private final List<MigrationEvent> events = new ArrayList<>();
    private @Nullable Instant clockRead;
    private long clockReadAt;

    StateTransaction(StateNames names, DSLContext dsl, Product product, StateStore store) {
        this.schema = names.schema();
        this.dsl = names.in(dsl, store.tables());
        this.product = product;
        this.store = store;
    }

    DSLContext dsl() {
        return dsl;
    }

    /** {@return the schema of the state tables} */
    public String schema() {
        return schema;
    }

    StateTables tables() {
        return store.tables();
    }

    /** {@return the names of a state table's columns in the database} */
    Set<String> columns(Table<?> table) {
        return dsl.connectionResult(connection -> product.columns(connection, schema, table.getName()));
    }

    /** {@return whether a column exists; tables of an older version may lack it} */
    boolean has(Field<?> column) {
        return store.has(this, column);
    }

    /** {@return a column that tables of an older version may lack; null in each row if they do} */
    <T> Field<T> optional(Field<T> column) {
        return has(column) ? column : DSL.castNull(column).as(column);
    }

    /** The current time, by the database's clock. */
    Field<LocalDateTime> now() {
        Duration shift = store.clockShift();
        return shift.isZero() ? product.now() : product.later(product.now(), shift);
    }

    /**
     * Reads the database's clock.
     *
     * @return the current time
     */
    public Instant readClock() {
        LocalDateTime time = dsl.select(now()).fetchSingle().value1();
        return time.toInstant(ZoneOffset.UTC);
    }

    /** The time after a delay, by the database's clock. */
    Field<LocalDateTime> in(Duration wait) {
        return product.later(now(), wait);
    }

    void record(long version, String event, @Nullable State from, @Nullable State to, @Nullable String detail) {
        Instant at = eventTime();
        MigrationEvent happened =
                new MigrationEvent(UUID.randomUUID().toString(), at, version, event, from, to, store.who(), detail);
        insert(happened, DSL.val(LocalDateTime.ofInstant(at, ZoneOffset.UTC)));
        events.add(happened);
    }

    /** The database's clock is read once. Each event gets a different time, since events are ordered by it. */
    private Instant eventTime() {
        if (clockRead == null) {
            clockRead = readClock();
            clockReadAt = System.nanoTime();
        }
        Instant time = clockRead.plusNanos(System.nanoTime() - clockReadAt).truncatedTo(ChronoUnit.MICROS);
        Instant last =
                events.isEmpty() ? Instant.MIN : events.get(events.size() - 1).at();
        return time.isAfter(last) ? time : last.plus(1, ChronoUnit.MICROS);
    }

    /** Makes a change without a lasting effect: inserts an event and deletes it again. */
    void change() {
        String id = UUID.randomUUID().toString();
        insert(new MigrationEvent(id, Instant.EPOCH, 0, "begun", null, null, store.who(), null), now());
        dsl.deleteFrom(tables().events()).where(tables().events().ID.eq(id)).execute();
    }

    private void insert(MigrationEvent event, Field<LocalDateTime> at) {
        MigrationEvents<?> table = tables().events();
        dsl.insertInto(table)
                .set(table.ID, event.id())
                .set(table.VERSION, event.version())
                .set(table.HAPPENED_AT, at)
                .set(table.EVENT, event.event())
                .set(
                        table.FROM_STATE,
                        event.from() == null ? null : event.from().word())
                .set(table.TO_STATE, event.to() == null ? null : event.to().word())
                .set(table.WHO, event.who())
                .set(table.DETAIL, event.detail())
                .execute();
    }

    /** {@return the events that this transaction has written so far} */
    List<MigrationEvent> events() {
        return List.copyOf(events);
    }
}
