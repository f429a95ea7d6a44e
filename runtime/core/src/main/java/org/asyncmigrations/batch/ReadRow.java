package org.asyncmigrations.batch;

import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.Record;

/**
 * A row that is about to be changed in Java.
 *
 * @param record the row, as the user's code sees it
 * @param key its key, which the record may not hold without loss
 * @param <R> the record's type
 */
record ReadRow<R extends Record>(R record, Key key) {}
