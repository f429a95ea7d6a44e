package org.asyncmigrations.codegen;

import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.Database;

/**
 * jOOQ's Java generator, without the columns that {@code src/main/migrations/retired-columns} lists. Name it in
 * {@code <generator><name>}. Used by one thread.
 */
public class RetiringGenerator extends JavaGenerator {
    /** For jOOQ, which creates it by its class's name. */
    public RetiringGenerator() {}

    @Override
    public void generate(Database database) {
        RetiredColumns.leaveOut(database, this);
        super.generate(database);
    }
}
