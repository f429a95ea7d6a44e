package org.asyncmigrations.batch;

import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.Record;

/**
 * A row that is going to be changed in Java.
 *
 * @param record the row as the user's code sees it
 * @param key the row's key, which the record may not represent exactly
 * @param <R> the record's type
 */
record ReadRow<R extends Record>(R record, Key key) {}
