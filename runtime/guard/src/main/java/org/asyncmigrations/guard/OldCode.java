package org.asyncmigrations.guard;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.guard.Catalog.Column;
import org.asyncmigrations.guard.Catalog.Relation;

/** What a release that knew the catalog as it was no longer finds. Names count: a view in the place of a table will do. */
final class OldCode {
    private final Catalog before;
    private final Catalog after;
    private final Set<String> broken = new LinkedHashSet<>();

    private OldCode(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Compares two moments.
     *
     * @param released what the running release may use
     * @return a sentence for each thing that is missing
     */
    static Set<String> broken(Catalog before, Catalog after, Catalog released) {
        OldCode comparison = new OldCode(before, after);
        Map<String, Relation> byName = after.relations().values().stream()
                .collect(Collectors.toMap(Relation::name, relation -> relation, (one, other) -> one));
        before.relations().forEach((oid, relation) -> {
            if (released.relations().containsKey(oid) && !relation.isIndex()) {
                comparison.relation(oid, relation, byName);
            }
        });
        before.named().forEach((key, name) -> {
            if (released.named().containsKey(key) && !after.named().containsKey(key)) {
                comparison.broken.add(name + " is gone or renamed");
            }
        });
        return comparison.broken;
    }

    private void relation(long oid, Relation old, Map<String, Relation> byName) {
        Relation found = byName.get(old.name());
        if (found == null) {
            broken.add(
                    after.relations().containsKey(oid)
                            ? "%s is now called %s"
                                    .formatted(
                                            old.name(),
                                            after.relations().get(oid).name())
                            : old.name() + " is gone");
            return;
        }
        if (old.isTable() && found.isTable() && !after.relations().containsKey(oid)) {
            broken.add("%s is now another table: rows that were not copied to it are gone".formatted(old.name()));
        }
        Set<String> columns =
                found.columns().values().stream().map(Column::name).collect(Collectors.toSet());
        old.columns().forEach((number, column) -> {
            if (!columns.contains(column.name())) {
                Column now = found.columns().get(number);
                broken.add(
                        now == null
                                ? "column %s of %s is gone".formatted(column.name(), old.name())
                                : "column %s of %s is now called %s".formatted(column.name(), old.name(), now.name()));
            }
        });
        newlyRequired(old, found);
        if (found.rowSecurity() && !old.rowSecurity()) {
            broken.add("row security hides the rows of %s from all but its owner, unless a policy shows them"
                    .formatted(old.name()));
        }
    }

    /** A column that old code does not write, or no longer has a default. */
    private void newlyRequired(Relation old, Relation found) {
        found.columns().values().stream()
                .filter(Column::required)
                .filter(now -> old.columns().values().stream()
                        .noneMatch(was -> was.name().equals(now.name()) && was.required()))
                .filter(now -> hadDefault(now, old))
                .forEach(now ->
                        broken.add("inserts into %s that do not name column %s fail: it is not null, without a default"
                                .formatted(old.name(), now.name())));
    }

    private static boolean hadDefault(Column now, Relation old) {
        return old.columns().values().stream()
                .filter(was -> was.name().equals(now.name()))
                .allMatch(Column::hasDefault);
    }
}
