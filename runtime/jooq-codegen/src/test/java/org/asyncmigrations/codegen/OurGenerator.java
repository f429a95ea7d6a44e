package org.asyncmigrations.codegen;

import org.jooq.codegen.KotlinGenerator;
import org.jooq.meta.Database;

/** As the README shows it. */
public class OurGenerator extends KotlinGenerator {
    @Override
    public void generate(Database database) {
        RetiredColumns.leaveOut(database, this);
        super.generate(database);
    }
}
