package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** No history has a version without a name: such a migration would wait for ever. */
final class BlankSchemaVersion implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            migration
                    .declaration()
                    .schema()
                    .filter(schema -> !schema.version().strip().equals(schema.version())
                            || schema.version().isEmpty())
                    .ifPresent(schema ->
                            findings.add(Message.BLANK_SCHEMA_VERSION, schema.origin(), migration.simpleName()));
        }
    }
}
