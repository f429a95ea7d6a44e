package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Code.Statement;

/** After a release the data follows; the schema has its own migrations, unless somebody says why not. */
final class SchemaChangeAfterRelease implements CodeRule {
    @Override
    public void check(Code code, Findings findings) {
        for (Statement change : code.schemaChanges()) {
            findings.add(
                    Message.SCHEMA_CHANGE_AFTER_RELEASE,
                    change.origin(),
                    change.name(),
                    code.migration().simpleName());
        }
    }
}
