package org.asyncmigrations.state;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.State;
import org.asyncmigrations.product.Product;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** One transaction as the state's verbs see it: its context, its clock, and the events that it writes. Used by one thread. */
public final class StateTransaction {
    private final DSLContext dsl;
    private final Product product;
    private final StateStore store;
    private final List<MigrationEvent> events = new ArrayList<>();

    StateTransaction(StateNames names, DSLContext dsl, Product product, StateStore store) {
        this.dsl = names.in(dsl, store.tables());
        this.product = product;
        this.store = store;
    }

    DSLContext dsl() {
        return dsl;
    }

    StateTables tables() {
        return store.tables();
    }

    /** The time now, by the database's clock. */
    Field<LocalDateTime> now() {
        Duration shift = store.clockShift();
        return shift.isZero() ? product.now() : product.later(product.now(), shift);
    }

    /**
     * Reads the database's clock.
     *
     * @return the time now
     */
    public Instant readClock() {
        LocalDateTime time = dsl.select(now()).fetchSingle().value1();
        return time.toInstant(ZoneOffset.UTC);
    }

    /** The time after a while, by the database's clock. */
    Field<LocalDateTime> in(Duration wait) {
        return product.later(now(), wait);
    }

    /** Writes an event, in this transaction. */
    void record(long version, String event, @Nullable State from, @Nullable State to, @Nullable String detail) {
        MigrationEvent happened = new MigrationEvent(version, event, from, to, store.who(), detail);
        insert(happened);
        events.add(happened);
    }

    /** Makes a change that leaves nothing: an event that is gone again. */
    void change() {
        String id = insert(new MigrationEvent(0, "begun", null, null, store.who(), null));
        dsl.deleteFrom(tables().events()).where(tables().events().ID.eq(id)).execute();
    }

    private String insert(MigrationEvent event) {
        String id = UUID.randomUUID().toString();
        MigrationEvents<?> table = tables().events();
        dsl.insertInto(table)
                .set(table.ID, id)
                .set(table.VERSION, event.version())
                .set(table.HAPPENED_AT, now())
                .set(table.EVENT, event.event())
                .set(
                        table.FROM_STATE,
                        event.from() == null ? null : event.from().word())
                .set(table.TO_STATE, event.to() == null ? null : event.to().word())
                .set(table.WHO, event.who())
                .set(table.DETAIL, event.detail())
                .execute();
        return id;
    }

    /** {@return the events that this transaction has written so far} */
    List<MigrationEvent> events() {
        return List.copyOf(events);
    }
}
