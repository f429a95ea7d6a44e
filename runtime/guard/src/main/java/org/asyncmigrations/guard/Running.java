package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instances of the application that may run code of theirs on the live database, by the state tables of async migrations.
 *
 * @param instances those that were heard of in the last 5 minutes, as the gate of after-release migrations counts them
 */
record Running(List<Instance> instances) {
    /** What a comment above a statement says: builds with this migration do not name any more what the statement takes away. */
    private static final Pattern RETIRED_BY =
            Pattern.compile("guard:retired-by\\s+([0-9][0-9_]*)L?\\b.*", Pattern.DOTALL);

    private static final String MARK = "guard:retired-by";

    private static final String INSTANCES = """
            select i.instance, i.release_name, coalesce(b.versions, ''), coalesce(b.retired, '')
            from async_migration_instances i left join async_migration_builds b on b.build = i.build
            where i.seen_at >= %s and (i.leaving_at is null or %s > %s) order by 1""";

    /** Tables of an older release may lack the column {@code counts_until}. */
    private static final String POSTGRES_TABLE = """
            select count(*) > 0, coalesce(bool_or(attname = 'counts_until'), false) from pg_attribute
            where attrelid = to_regclass('async_migration_instances') and not attisdropped""";

    private static final String MARIADB_TABLE = """
            select count(*) > 0, coalesce(max(column_name = 'counts_until'), false) from information_schema.columns
            where table_schema = database() and table_name = 'async_migration_instances'""";

    /** An instance and the versions that its build knows. */
    record Instance(String name, String release, Set<String> versions) {}

    /** {@return the instances; empty if there are no state tables where the connection looks for them} */
    static Optional<Running> read(Connection live, boolean isPostgres) throws SQLException {
        List<Instance> instances = new ArrayList<>();
        boolean[] isThere = new boolean[2];
        try (Statement statement = live.createStatement()) {
            Catalog.each(statement, isPostgres ? POSTGRES_TABLE : MARIADB_TABLE, row -> {
                isThere[0] = row.getBoolean(1);
                isThere[1] = row.getBoolean(2);
            });
            if (!isThere[0]) {
                return Optional.empty();
            }
            String drained = "i.leaving_at + interval " + (isPostgres ? "'30 seconds'" : "30 second");
            String until = isThere[1] ? "coalesce(i.counts_until, " + drained + ")" : drained;
            String now = isPostgres ? "now() at time zone 'utc'" : "utc_timestamp(6)";
            String lately = isPostgres
                    ? "(now() at time zone 'utc') - interval '5 minutes'"
                    : "utc_timestamp(6) - interval 5 minute";
            Catalog.each(
                    statement,
                    INSTANCES.formatted(lately, until, now),
                    row -> instances.add(new Instance(
                            row.getString(1),
                            row.getString(2),
                            Stream.of(row.getString(3), row.getString(4))
                                    .flatMap(versions -> Stream.of(versions.split(",")))
                                    .collect(Collectors.toSet()))));
        }
        return Optional.of(new Running(instances));
    }

    /** What the comments above a statement say of what it takes away: accepted, or a sentence that says why not. */
    static Acceptance.Answer answer(ScriptStatement statement, Optional<Running> running) {
        return statement.comments().stream()
                .filter(comment -> comment.startsWith(MARK))
                .findFirst()
                .map(comment -> {
                    Matcher version = RETIRED_BY.matcher(comment);
                    return version.matches()
                            ? running.map(known -> known.answer(version.group(1)))
                                    .orElse(refused("it is unknown which instances run: give the guard the live"
                                            + " database, with its state tables"))
                            : refused(
                                    "the comment above it cannot be read; its form is: -- guard:retired-by 20261201_090000");
                })
                .orElse(new Acceptance.Answer(Optional.empty(), Optional.empty()));
    }

    private Acceptance.Answer answer(String written) {
        String version = written.replace("_", "");
        List<Instance> old = instances.stream()
                .filter(instance -> !instance.versions().contains(version))
                .toList();
        if (instances.isEmpty()) {
            return refused("no instance is running on the live database, so nothing tells whether the code still uses"
                    + " it");
        } else if (!old.isEmpty()) {
            return refused("%d of %d running instances have no migration %s, and may still use it: %s"
                    .formatted(
                            old.size(),
                            instances.size(),
                            written,
                            old.stream()
                                    .map(instance -> "%s (%s)".formatted(instance.name(), instance.release()))
                                    .collect(Collectors.joining(", "))));
        }
        return new Acceptance.Answer(
                Optional.of("retired by %s, which all %d running instances have".formatted(written, instances.size())),
                Optional.empty());
    }

    private static Acceptance.Answer refused(String why) {
        return new Acceptance.Answer(Optional.empty(), Optional.of(why));
    }
}
