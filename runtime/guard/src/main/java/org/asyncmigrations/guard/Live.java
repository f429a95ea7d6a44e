package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of the live database; it was asked once, and only read.
 *
 * @param sizes of tables, by name as sentences have it
 * @param settings statements that give a session the settings of the live ones
 */
record Live(Map<String, Size> sizes, List<String> settings) {
    /** Nothing is known: every table counts as large. */
    static final Live UNKNOWN = new Live(Map.of(), List.of());

    /** PostgreSQL and MariaDB read or write this much in a fraction of a second, even from a disk. */
    private static final long SMALL_BYTES = 10_000_000;

    private static final long KILO = 1000;

    private static final String POSTGRES_SIZES = """
            select case when n.nspname = 'public' then '' else quote_ident(n.nspname) || '.' end || quote_ident(c.relname),
                   (select coalesce(sum(greatest(l.reltuples, 0)), 0)::bigint from pg_class l
                    where l.oid = c.oid or l.oid in (select relid from pg_partition_tree(c.oid))),
                   (select coalesce(sum(pg_total_relation_size(o)), 0)::bigint
                    from (select c.oid union select relid from pg_partition_tree(c.oid)) as part (o))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
              and n.nspname !~ '^pg_(toast|temp)'""";

    private static final String POSTGRES_SETTINGS = """
            select format('set %s = %L', name, setting || coalesce(unit, '')) from pg_settings
            where name in ('TimeZone', 'lock_timeout')""";

    private static final String MARIADB_SIZES = """
            select lower(table_name), coalesce(table_rows, 0), coalesce(data_length + index_length, 0)
            from information_schema.tables where table_schema = database() and table_type like '%TABLE'""";

    /** Of a table with its indexes; the rows are an estimate. */
    record Size(long rows, long bytes) {
        String words() {
            return "%,d row%s, %s".formatted(rows, rows == 1 ? "" : "s", bytesInWords());
        }

        private String bytesInWords() {
            if (bytes < KILO * KILO) {
                return bytes / KILO + " kB";
            }
            return bytes < KILO * KILO * KILO
                    ? bytes / (KILO * KILO) + " MB"
                    : "%.1f GB".formatted((double) bytes / (KILO * KILO * KILO));
        }
    }

    static Live read(Connection live, boolean isPostgres) throws SQLException {
        Map<String, Size> sizes = new HashMap<>();
        List<String> settings = new ArrayList<>();
        try (Statement statement = live.createStatement()) {
            Catalog.each(
                    statement,
                    isPostgres ? POSTGRES_SIZES : MARIADB_SIZES,
                    row -> sizes.put(row.getString(1), new Size(row.getLong(2), row.getLong(3))));
            if (isPostgres) {
                Catalog.each(statement, POSTGRES_SETTINGS, row -> settings.add(row.getString(1)));
            }
        }
        return new Live(sizes, settings);
    }

    /** Whether all of these are known to be small. */
    boolean areSmall(Collection<String> relations) {
        return !relations.isEmpty()
                && relations.stream()
                        .allMatch(relation -> size(relation)
                                .filter(size -> size.bytes() <= SMALL_BYTES)
                                .isPresent());
    }

    /** {@return a sentence for each table whose size is known} */
    Stream<String> sentences(Collection<String> relations) {
        return relations.stream()
                .map(Live::table)
                .distinct()
                .flatMap(table -> size(table).stream()
                        .map(size -> "%s has %s in the live database%s"
                                .formatted(
                                        table, size.words(), size.bytes() <= SMALL_BYTES ? ", which is small" : "")));
    }

    private Optional<Size> size(String relation) {
        return Optional.ofNullable(sizes.get(table(relation)));
    }

    /** Of an index, its table. */
    private static String table(String relation) {
        int of = relation.startsWith("index ") ? relation.lastIndexOf(" of ") : -1;
        return of < 0 ? relation : relation.substring(of + 4);
    }
}
