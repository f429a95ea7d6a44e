package org.asyncmigrations.state;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads the events; {@link StateTransaction} writes them. Stateless and thread-safe. */
public final class EventRows {
    /** Longer than the time between an event and the commit of its transaction. Until then, the event is invisible. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private EventRows() {}

    /**
     * The events that a query selects.
     *
     * @param tx the transaction
     * @param query the query
     * @return the events, the oldest first
     * @throws MigrationException if the event to continue from doesn't exist
     */
    public static List<MigrationEvent> read(StateTransaction tx, EventQuery query) {
        MigrationEvents<?> e = tx.tables().events();
        Condition which = DSL.noCondition();
        if (query.version() != null) {
            which = which.and(e.VERSION.in(query.version(), -query.version()));
        }
        if (query.from() != null) {
            which = which.and(e.HAPPENED_AT.ge(LocalDateTime.ofInstant(query.from(), ZoneOffset.UTC)));
        }
        if (query.after() != null) {
            return after(tx, which, happenedAt(tx, query.after()), query.limit());
        }
        return query.from() == null ? newest(tx, which, query.limit()) : oldest(tx, which, query.limit());
    }

    private static List<MigrationEvent> newest(StateTransaction tx, Condition which, int limit) {
        MigrationEvents<?> e = tx.tables().events();
        List<MigrationEvent> events = new ArrayList<>(select(tx, which)
                .orderBy(e.HAPPENED_AT.desc(), e.ID.desc())
                .limit(limit)
                .fetch(row -> event(row, e)));
        Collections.reverse(events);
        return events;
    }

    private static List<MigrationEvent> oldest(StateTransaction tx, Condition which, int limit) {
        MigrationEvents<?> e = tx.tables().events();
        return select(tx, which).orderBy(e.HAPPENED_AT, e.ID).limit(limit).fetch(row -> event(row, e));
    }

    /**
     * Events that are read again don't count against the limit. Otherwise they could fill each page, and no new event would ever be
     * read.
     */
    private static List<MigrationEvent> after(StateTransaction tx, Condition which, LocalDateTime seen, int limit) {
        MigrationEvents<?> e = tx.tables().events();
        Condition again = e.HAPPENED_AT.between(seen.minus(OVERLAP), seen);
        List<MigrationEvent> events = new ArrayList<>(
                select(tx, which.and(again)).orderBy(e.HAPPENED_AT, e.ID).fetch(row -> event(row, e)));
        events.addAll(oldest(tx, which.and(e.HAPPENED_AT.gt(seen)), limit));
        return events;
    }

    private static LocalDateTime happenedAt(StateTransaction tx, String id) {
        MigrationEvents<?> e = tx.tables().events();
        LocalDateTime time =
                tx.dsl().select(e.HAPPENED_AT).from(e).where(e.ID.eq(id)).fetchOne(e.HAPPENED_AT);
        if (time == null) {
            throw new MigrationException(
                    0, "there is no event " + id + " to continue from; events are deleted after a while", null);
        }
        return time;
    }

    private static SelectConditionStep<? extends Record> select(StateTransaction tx, Condition which) {
        MigrationEvents<?> e = tx.tables().events();
        return tx.dsl()
                .select(e.ID, e.HAPPENED_AT, e.VERSION, e.EVENT, e.FROM_STATE, e.TO_STATE, e.WHO, e.DETAIL)
                .from(e)
                .where(which);
    }

    private static MigrationEvent event(Record row, MigrationEvents<?> e) {
        return new MigrationEvent(
                row.get(e.ID),
                row.get(e.HAPPENED_AT).toInstant(ZoneOffset.UTC),
                row.get(e.VERSION),
                row.get(e.EVENT),
                state(row.get(e.FROM_STATE)),
                state(row.get(e.TO_STATE)),
                row.get(e.WHO),
                row.get(e.DETAIL));
    }

    private static @Nullable State state(@Nullable String word) {
        return word == null ? null : State.of(word).orElse(null);
    }
}
