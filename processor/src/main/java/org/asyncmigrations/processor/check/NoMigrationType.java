package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Migration;

/** A migration is of one kind. */
final class NoMigrationType implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            Kind kind = migration.lineage().kind();
            if (kind == Kind.NONE || kind == Kind.BOTH) {
                Message message = kind == Kind.NONE ? Message.NO_MIGRATION_TYPE : Message.TWO_MIGRATION_TYPES;
                findings.add(message, migration.origin(), migration.simpleName());
            }
        }
    }
}
