package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Code;

/** One thing that must hold in the code of a migration. */
interface CodeRule {
    void check(Code code, Findings findings);
}
