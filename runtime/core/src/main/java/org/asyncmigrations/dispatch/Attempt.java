package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationRun;
import org.jooq.DSLContext;

/** An attempt as user code sees it. */
record Attempt(DSLContext dsl, long version, int attempt) implements MigrationRun {}
