package org.asyncmigrations.batch;

import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.RowPositions;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The pending rows of a batch by position. They are checked again at the positions to which {@code migrate()} has moved them. If
 * one is still pending there, the walk would find it again and again, and never end.
 *
 * @param space the table
 * @param dsl the transaction
 * @param listed their positions; null for none, and for walks that aren't by position
 */
record MovedRows(KeySpace space, DSLContext dsl, @Nullable String listed) {
    /**
     * Reads the pending rows of a batch before it is changed.
     *
     * @param keys the condition on the key that the batch's rows match
     * @param locked whether to lock them, so that no one else moves them
     */
    static MovedRows of(KeySpace space, DSLContext dsl, Condition keys, boolean locked) {
        if (space.positions() == null) {
            return new MovedRows(space, dsl, null);
        }
        Field<?> position = space.columns().get(0).field().as("async_position");
        SelectForUpdateStep<? extends Record1<?>> rows = dsl.select(position)
                .from(space.table())
                .where(space.pendingOf(keys))
                .orderBy(space.fields().order());
        Select<?> read = locked ? space.product().locking(rows) : rows;
        String listed = dsl.select(RowPositions.listed(DSL.field(DSL.name("async_position"))))
                .from(read.asTable("async_pending"))
                .fetchSingle()
                .value1();
        return new MovedRows(space, dsl, listed);
    }

    /**
     * Fails if some of them are still pending.
     *
     * @param cut the last row that was handled, null for all
     */
    void requireChanged(@Nullable Key cut) {
        RowPositions positions = space.positions();
        if (positions != null && listed != null) {
            String upTo = cut == null ? null : cut.values().get(0);
            Condition moved = positions.followed(space.table(), listed, upTo);
            if (dsl.fetchExists(space.table(), space.pendingOf(moved))) {
                throw new StillPendingException();
            }
        }
    }
}
