package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.RangeRow;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;

/**
 * Checks the keys that the state tables hold for a range before a walk continues from them. They are damaged only if changed by
 * hand. MariaDB would silently read damaged text as another key, and the walk would start there.
 *
 * @param space the table
 * @param dsl access to the database
 */
record StoredKeys(KeySpace space, DSLContext dsl) {
    /** @throws IllegalKeyException if one of them isn't a key; says where it is and what to do */
    void require(RangeRow range) {
        if (range.cursor() == null && range.begun()) {
            throw damaged(range, "has no cursor, although part of it has been walked");
        }
        if (!areKeys(Stream.of(range.position(), range.toKey())
                .flatMap(Stream::ofNullable)
                .map(space::read)
                .toList())) {
            throw damaged(range, "has a value that is not a key of " + space.table());
        }
    }

    private boolean areKeys(List<Key> keys) {
        if (keys.stream().anyMatch(key -> key.values().size() != space.columns().size())) {
            return false;
        }
        List<String> texts = keys.stream().flatMap(key -> key.values().stream()).toList();
        try {
            return texts.isEmpty()
                    || isReadBack(texts, dsl.select(readBack(keys)).fetchSingle());
        } catch (IllegalArgumentException noHexadecimals) {
            return false;
        } catch (DataAccessException failure) {
            if (Trouble.of(failure) == Trouble.DATA) {
                return false;
            }
            throw failure;
        }
    }

    private List<Field<String>> readBack(List<Key> keys) {
        List<Field<String>> fields = new ArrayList<>();
        for (Key key : keys) {
            for (int i = 0; i < key.values().size(); i++) {
                KeyColumn column = space.columns().get(i);
                fields.add(column.form().text(column.value(key.values().get(i))).as("key_" + fields.size()));
            }
        }
        return fields;
    }

    /**
     * Whether the keys are valid. A server that refuses invalid text would have failed; its text isn't compared, since PostgreSQL
     * writes a time in the session's time zone.
     */
    private boolean isReadBack(List<String> texts, Record read) {
        return space.product().refusesForeignText()
                || texts.equals(read.intoList().stream().map(String::valueOf).toList());
    }

    private static IllegalKeyException damaged(RangeRow range, String what) {
        return new IllegalKeyException("range " + range.number() + " of migration " + range.version()
                + " in the ranges table " + what + " (from_key " + range.fromKey() + ", cursor " + range.cursor()
                + ", to_key " + range.toKey() + "): it was changed by hand. Restore the last key that is done there and"
                + " call retry(); or set the migration's state to created to start it again");
    }
}
