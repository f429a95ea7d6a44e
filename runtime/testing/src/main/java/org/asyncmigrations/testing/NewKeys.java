package org.asyncmigrations.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Replaces keys that the database has generated since a migration began by names that are the same in each run: sequences continue,
 * and batches take numbers from them in any order. The name is made from the row's other values and the rows that refer to it. Used
 * by one thread.
 */
final class NewKeys {
    private final Schema schema;
    private final Content content;
    private final Content start;
    /** The name of each new key, by table. */
    private final Map<String, Map<String, String>> names = new HashMap<>();

    private NewKeys(Schema schema, Content content, Content start) {
        this.schema = schema;
        this.content = content;
        this.start = start;
    }

    /**
     * Renames the new keys.
     *
     * @param content the rows of the tables
     * @param start their rows before the migration, as read
     */
    static Content named(Schema schema, Content content, Content start) {
        NewKeys keys = new NewKeys(schema, content, start);
        for (UserTable table : schema.tables()) {
            if (table.isNumbered()) {
                keys.find(table);
            }
        }
        return keys.names.isEmpty() ? content : keys.renamed();
    }

    private void find(UserTable table) {
        Content.Rows rows = content.tables().get(table.name());
        Content.Rows before = start.tables().get(table.name());
        int key = rows == null ? -1 : rows.columns().indexOf(table.key().get(0));
        if (key < 0) {
            return;
        }
        Map<String, String> found = new HashMap<>();
        rows.rows().forEach((text, values) -> {
            if (before == null || !before.rows().containsKey(text)) {
                found.put(String.valueOf(values.get(key)), "");
            }
        });
        if (!found.isEmpty()) {
            names.put(table.name(), found);
        }
    }

    private Content renamed() {
        Map<String, Map<String, List<String>>> referrers = referrers();
        for (UserTable table : schema.tables()) {
            Map<String, String> found = names.get(table.name());
            if (found != null) {
                name(table, found, referrers.getOrDefault(table.name(), Map.of()));
            }
        }
        Map<String, Content.Rows> tables = new LinkedHashMap<>();
        schema.tables().forEach(table -> {
            Content.Rows rows = content.tables().get(table.name());
            if (rows != null) {
                tables.put(table.name(), renamed(table, rows));
            }
        });
        return new Content(tables);
    }

    /** {@return for each new key the rows that refer to it, by table} */
    private Map<String, Map<String, List<String>>> referrers() {
        Map<String, Map<String, List<String>>> all = new HashMap<>();
        for (UserTable table : schema.tables()) {
            Content.Rows rows = content.tables().get(table.name());
            for (UserTable.Reference reference : table.references()) {
                int column = rows == null ? -1 : rows.columns().indexOf(reference.column());
                Map<String, String> keys = names.get(reference.table());
                if (column < 0 || keys == null) {
                    continue;
                }
                rows.rows().forEach((text, values) -> {
                    String value = values.get(column);
                    if (value != null && keys.containsKey(value)) {
                        all.computeIfAbsent(reference.table(), same -> new HashMap<>())
                                .computeIfAbsent(value, same -> new ArrayList<>())
                                .add(table.name() + " " + signature(table, rows, values));
                    }
                });
            }
        }
        return all;
    }

    private void name(UserTable table, Map<String, String> found, Map<String, List<String>> referrers) {
        Content.Rows rows = content.tables().get(table.name());
        int key = rows.columns().indexOf(table.key().get(0));
        Map<String, String> signatures = new HashMap<>();
        rows.rows().values().forEach(values -> {
            String value = String.valueOf(values.get(key));
            if (found.containsKey(value)) {
                List<String> by = referrers.getOrDefault(value, List.of()).stream()
                        .sorted()
                        .toList();
                signatures.put(value, signature(table, rows, values) + " " + by);
            }
        });
        List<String> ordered = signatures.keySet().stream()
                .sorted(Comparator.comparing(signatures::get, Content.ORDER))
                .toList();
        for (int i = 0; i < ordered.size(); i++) {
            found.put(ordered.get(i), "new " + (i + 1));
        }
    }

    /** {@return a row's values, without new keys of its own or in its references} */
    private String signature(UserTable table, Content.Rows rows, List<@Nullable String> values) {
        List<@Nullable String> known = new ArrayList<>(values);
        for (int i = 0; i < known.size(); i++) {
            if (name(table, rows.columns().get(i), known.get(i)) != null) {
                known.set(i, "?");
            }
        }
        return known.toString();
    }

    /** {@return the name of a value if it is a new key; otherwise null} */
    private @Nullable String name(UserTable table, String column, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (table.isNumbered() && table.key().get(0).equals(column)) {
            return names.getOrDefault(table.name(), Map.of()).get(value);
        }
        return table.references().stream()
                .filter(reference -> reference.column().equals(column))
                .map(reference ->
                        names.getOrDefault(reference.table(), Map.of()).get(value))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Content.Rows renamed(UserTable table, Content.Rows rows) {
        Map<String, List<@Nullable String>> renamed = new LinkedHashMap<>();
        for (List<@Nullable String> values : rows.rows().values()) {
            List<@Nullable String> copy = new ArrayList<>(values);
            for (int i = 0; i < copy.size(); i++) {
                String name = name(table, rows.columns().get(i), copy.get(i));
                if (name != null) {
                    copy.set(i, name);
                }
            }
            renamed.put(Content.key(table, rows.columns(), copy, renamed), copy);
        }
        return new Content.Rows(rows.columns(), rows.types(), renamed);
    }
}
