package org.asyncmigrations.codegen;

import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.Database;

/**
 * jOOQ's Java generator without the columns that {@code src/main/migrations/retired-columns} lists. To be named in
 * {@code <generator><name>}. Used by one thread.
 */
public class RetiringGenerator extends JavaGenerator {
    /** Made by jOOQ, by its name. */
    public RetiringGenerator() {}

    @Override
    public void generate(Database database) {
        RetiredColumns.leaveOut(database, this);
        super.generate(database);
    }
}
