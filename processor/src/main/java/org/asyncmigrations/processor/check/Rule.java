package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;

/** One thing that must hold. */
interface Rule {
    void check(Build build, Findings findings);
}
