package org.asyncmigrations.product;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;

/**
 * A JDBC batch of one-row updates. It works for every type that jOOQ can bind, and is the fastest way on H2, which is in the same
 * process.
 */
final class SingleUpdates {
    private SingleUpdates() {}

    static long write(ChangedRows changed) {
        // jOOQ renders null and other values of some types differently (JSON on H2), but a batch has only one
        // statement.
        return changed.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.values().stream().map(Objects::isNull).toList()))
                .values()
                .stream()
                .mapToLong(alike -> writeAlike(changed, alike))
                .sum();
    }

    private static long writeAlike(ChangedRows changed, List<ChangedRow> rows) {
        BatchBindStep batch = changed.dsl().batch(update(changed, rows.get(0)));
        List<KeyColumn> key = changed.key();
        for (ChangedRow row : rows) {
            List<Object> binds = new ArrayList<>(row.values());
            for (int i = 0; i < key.size(); i++) {
                binds.add(key.get(i).form().bound(row.key().get(i)));
            }
            batch.bind(binds.toArray());
        }
        // The driver may not report the count (-2).
        return Arrays.stream(batch.execute())
                .map(count -> count < 0 ? 1 : count)
                .sum();
    }

    private static Query update(ChangedRows changed, ChangedRow row) {
        List<Field<?>> columns = changed.columns();
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), DSL.val(row.values().get(i), columns.get(i)));
        }
        List<KeyColumn> key = changed.key();
        List<Condition> isRow = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            isRow.add(key.get(i).comparable().eq(key.get(i).value(row.key().get(i))));
        }
        return changed.dsl().update(changed.table()).set(values).where(isRow);
    }
}
