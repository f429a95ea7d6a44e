package org.asyncmigrations.processor.check;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Declaration.Dependency;
import org.asyncmigrations.processor.model.Independence;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Written;

/** Rules about independent migrations, and the tables that keep them apart. */
final class IndependenceRules {
    private static final String PART =
            "[^\"'`;\\[\\].\\s\\p{Cntrl}]([^\"'`;\\[\\].\\p{Cntrl}]*[^\"'`;\\[\\].\\s\\p{Cntrl}])?";
    private static final Pattern TABLE = Pattern.compile(PART + "(\\." + PART + ")?");

    private IndependenceRules() {}

    /** A batch migration's table is known from its key. What a data migration writes, only its author knows. */
    static void missingWrites(Migration migration, Findings findings) {
        Independence independence = migration.declaration().independence();
        if (independence.declared()
                && !independence.namesTables()
                && migration.supertypes().kind() == Kind.DATA) {
            findings.add(Message.MISSING_WRITES, independence.origin(), migration.simpleName());
        }
    }

    /** With a name that no table can have, other migrations would not be kept away from the table that is meant. */
    static void badNames(Migration migration, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (Written table : migration.declaration().independence().writes()) {
            String shown = Quoted.of(table.value());
            if (!TABLE.matcher(table.value()).matches()) {
                findings.add(Message.BAD_TABLE_NAME, table.origin(), shown, migration.simpleName());
            } else if (!seen.add(table.value())) {
                findings.add(Message.TABLE_NAMED_TWICE, table.origin(), migration.simpleName(), shown);
            }
        }
    }

    /** If a migration in the order of versions waits for an independent one, all migrations after it wait too. */
    static void waitsForIndependent(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            for (Dependency dependency : migration.declaration().after()) {
                if (dependency.independent() && !migration.isIndependent()) {
                    findings.add(
                            Message.WAITS_FOR_INDEPENDENT,
                            dependency.origin(),
                            migration.simpleName(),
                            dependency.simpleName());
                }
            }
        }
    }
}
