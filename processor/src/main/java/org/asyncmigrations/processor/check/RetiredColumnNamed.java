package org.asyncmigrations.processor.check;

import java.util.Locale;
import java.util.regex.Pattern;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.RetiredColumn;

/** A column goes when no code names it any more, and the table class is where code names columns. */
final class RetiredColumnNamed implements Rule {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{N}]");

    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            for (RetiredColumn column : migration.content().retired()) {
                check(migration, column, findings);
            }
        }
    }

    private static void check(Migration migration, RetiredColumn column, Findings findings) {
        String table = column.table().simpleName();
        if (column.name().isBlank()) {
            findings.add(Message.RETIRED_COLUMN_BLANK, column.origin(), table, migration.simpleName());
            return;
        }
        column.fields().stream()
                .filter(field -> bare(field).equals(bare(column.name())))
                .findFirst()
                .ifPresent(field -> findings.add(
                        Message.RETIRED_COLUMN_NAMED,
                        column.origin(),
                        column.name(),
                        migration.simpleName(),
                        table,
                        field));
    }

    /** Generators write {@code nick_name} as {@code NICK_NAME} or {@code nickName}. */
    private static String bare(String name) {
        return NOT_IN_NAMES.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
