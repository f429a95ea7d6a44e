package org.asyncmigrations.batch;

import java.util.ArrayList;
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

/** A JDBC batch of updates of one row each: for every type that jOOQ binds, and the quickest on H2, which is in the same process. */
record SingleUpdates(RowWriter writer) implements RowWriter.Way {
    @Override
    public void write(List<Field<?>> columns, List<ChangedRow> rows) {
        // jOOQ writes null differently from a value of some types (JSON on H2), and a batch has one text.
        rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.values().stream().map(Objects::isNull).toList()))
                .values()
                .forEach(alike -> writeAlike(columns, alike));
    }

    private void writeAlike(List<Field<?>> columns, List<ChangedRow> rows) {
        BatchBindStep batch = writer.dsl().batch(update(columns, rows.get(0)));
        List<KeyColumn> key = writer.space().columns();
        for (ChangedRow row : rows) {
            List<Object> binds = new ArrayList<>(row.values());
            for (int i = 0; i < key.size(); i++) {
                binds.add(key.get(i).form().bound(row.key().values().get(i)));
            }
            batch.bind(binds.toArray());
        }
        batch.execute();
    }

    private Query update(List<Field<?>> columns, ChangedRow row) {
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), DSL.val(row.values().get(i), columns.get(i)));
        }
        List<KeyColumn> key = writer.space().columns();
        List<Condition> isRow = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            isRow.add(key.get(i)
                    .comparable()
                    .eq(key.get(i).value(row.key().values().get(i))));
        }
        return writer.dsl().update(writer.space().table()).set(values).where(isRow);
    }
}
