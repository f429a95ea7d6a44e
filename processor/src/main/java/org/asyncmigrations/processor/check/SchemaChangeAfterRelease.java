package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Content.Statement;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Phase;

/** After a release the data follows; the schema has its own migrations, unless somebody says why not. */
final class SchemaChangeAfterRelease implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            boolean forbidden = migration.declaration().phase() == Phase.AFTER_RELEASE
                    && migration.content().permission().isEmpty();
            if (forbidden) {
                for (Statement change : migration.content().schemaChanges()) {
                    findings.add(
                            Message.SCHEMA_CHANGE_AFTER_RELEASE,
                            change.origin(),
                            change.name(),
                            migration.simpleName());
                }
            }
        }
    }
}
