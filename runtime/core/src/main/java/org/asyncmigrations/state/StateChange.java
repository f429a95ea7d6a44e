package org.asyncmigrations.state;

import java.util.Map;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The only way to change a migration's state. Stateless and thread-safe. */
final class StateChange {
    private StateChange() {}

    /**
     * Changes a state with one UPDATE, conditional on the states that it may come from, and records its event in the same
     * transaction.
     *
     * @return whether the condition held; if not, nothing was changed
     */
    static boolean apply(
            StateTransaction tx,
            Transition transition,
            long version,
            Condition condition,
            Map<? extends Field<?>, ? extends Field<?>> sets,
            @Nullable String detail) {
        State from =
                transition.from().size() == 1 ? transition.from().iterator().next() : current(tx, version);
        if (from == null || !transition.from().contains(from)) {
            return false;
        }
        SchemaMigrations<?> t = tx.tables().migrations();
        boolean changed = tx.dsl()
                        .update(t)
                        .set(t.STATE, transition.to().word())
                        .setNull(t.THROTTLED)
                        .set(t.UPDATED_AT, tx.now())
                        .set(sets)
                        .where(t.VERSION.eq(version))
                        .and(t.STATE.eq(from.word()))
                        .and(condition)
                        .execute()
                == 1;
        if (changed) {
            tx.record(version, transition.event(), from, transition.to(), detail);
        }
        return changed;
    }

    private static @Nullable State current(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        String word =
                tx.dsl().select(t.STATE).from(t).where(t.VERSION.eq(version)).fetchOne(t.STATE);
        return word == null ? null : State.of(word).orElse(null);
    }

    static Condition notPaused(StateTransaction tx) {
        return tx.tables().migrations().PAUSED.isFalse();
    }

    /** Not jOOQ's exists(): its parameter has another type from 3.21 on, so code compiled against 3.19 fails there. */
    static Condition exists(Select<Record1<Integer>> rows) {
        return DSL.condition("exists {0}", DSL.field(rows));
    }

    /** NULL with the column's type. */
    static <T> Field<T> none(Field<T> column) {
        return DSL.val((T) null, column.getDataType());
    }
}
