package org.asyncmigrations.processor.check;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Follower;
import org.asyncmigrations.processor.model.Independence;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Written;

/**
 * Finds migrations that write the same table without an order between them, if at least one is independent. They never run at the
 * same time, but their author should decide which runs first. Between released migrations, it is decided already.
 *
 * @param walked the tables of keys, by the names of migrations; empty during the rounds, when only {@code writes} is known
 */
record SharedTables(Build build, Map<String, Written> walked) {
    /**
     * Reports one other migration for each independent migration: once it is ordered after the nearest, it usually comes after
     * the earlier ones too.
     */
    void check(Findings findings) {
        Set<Long> unreleased =
                build.unreleased().stream().map(m -> m.version().value()).collect(Collectors.toSet());
        SharedTables declared = new SharedTables(build, Map.of());
        for (Migration migration : build.versioned()) {
            Optional<Migration> other = walked.isEmpty()
                    ? other(migration, unreleased)
                    : Optional.of(migration)
                            .filter(m -> walked.containsKey(m.name())
                                    && declared.other(m, unreleased).isEmpty())
                            .flatMap(m -> other(m, unreleased));
            other.ifPresent(found -> add(migration, found, findings));
        }
    }

    private void add(Migration migration, Migration other, Findings findings) {
        boolean isLater = isBefore(other, migration);
        findings.add(
                Message.SHARED_TABLE,
                origin(migration),
                migration.simpleName(),
                other.simpleName(),
                table(migration, other).orElseThrow(),
                (isLater ? other : migration).simpleName(),
                (isLater ? migration : other).simpleName());
    }

    private Origin origin(Migration migration) {
        Independence independence = migration.declaration().independence();
        return walked.isEmpty()
                ? independence.origin()
                : walked.get(migration.name()).origin();
    }

    /**
     * {@return the nearest migration before an independent one, or else the first after it} Of two independent ones, the later is
     * reported.
     */
    private Optional<Migration> other(Migration migration, Set<Long> unreleased) {
        if (!migration.isIndependent()) {
            return Optional.empty();
        }
        List<Migration> sharing = build.versioned().stream()
                .filter(other -> !other.name().equals(migration.name()))
                .filter(other -> !other.isIndependent() || isBefore(other, migration))
                .filter(other -> table(migration, other).isPresent())
                .filter(other -> unreleased.contains(other.version().value())
                        || unreleased.contains(migration.version().value()))
                .sorted(Comparator.<Migration, Boolean>comparing(other -> !isBefore(other, migration))
                        .thenComparing(other -> Math.abs(
                                other.version().value() - migration.version().value())))
                .toList();
        return sharing.stream()
                .filter(other ->
                        isBefore(other, migration) ? isUnordered(other, migration) : isUnordered(migration, other))
                .findFirst();
    }

    private boolean isUnordered(Migration earlier, Migration later) {
        return !Follower.of(earlier, build).contains(CatalogLine.of(later));
    }

    private static boolean isBefore(Migration one, Migration other) {
        return Migration.ORDER.compare(one, other) < 0;
    }

    /** {@return the table that both write, as a message shows it} */
    private Optional<String> table(Migration one, Migration other) {
        return tables(one)
                .flatMap(mine -> tables(other).filter(table -> isSame(mine, table)))
                .map(table -> table.substring(table.indexOf('#') + 1))
                .findFirst();
    }

    private Stream<String> tables(Migration migration) {
        return Stream.concat(
                        migration.declaration().independence().writes().stream().map(Written::value),
                        Stream.ofNullable(walked.get(migration.name())).map(Written::value))
                .filter(table -> !table.isEmpty());
    }

    /** Whether two names may mean the same table. The constant of a generated class has the table's name without its schema. */
    private static boolean isSame(String one, String other) {
        boolean isConstant = one.contains("#");
        return isConstant == other.contains("#")
                ? isConstant ? one.equals(other) : one.equalsIgnoreCase(other)
                : last(one).equalsIgnoreCase(last(other));
    }

    private static String last(String table) {
        return table.substring(Math.max(table.lastIndexOf('#'), table.lastIndexOf('.')) + 1);
    }
}
