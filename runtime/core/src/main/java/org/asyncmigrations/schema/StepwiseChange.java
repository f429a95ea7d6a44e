package org.asyncmigrations.schema;

import java.util.List;

/** A change in steps, while old and new releases run. Each step gives the statements that are left of it. Used by one thread. */
interface StepwiseChange {
    /** {@return what is left until both sides are there} */
    List<SchemaStatement> expand();

    /** {@return what is left until the old side is gone} */
    List<SchemaStatement> contract();

    /** {@return what is left until the new side is gone} */
    List<SchemaStatement> undo();
}
