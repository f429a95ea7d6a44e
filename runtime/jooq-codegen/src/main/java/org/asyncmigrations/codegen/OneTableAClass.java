package org.asyncmigrations.codegen;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jooq.tools.JooqLogger;

/**
 * Excludes a table if another table already has the same class, as jOOQ's generator does. The generator's own filter comes too
 * late for tables that are read before it begins. Used by one thread.
 */
final class OneTableAClass implements Database.Filter {
    private static final JooqLogger LOG = JooqLogger.getLogger(OneTableAClass.class);

    private final GeneratorStrategy strategy;
    private final Map<String, Definition> tables = new HashMap<>();

    OneTableAClass(GeneratorStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public boolean exclude(Definition definition) {
        if (!(definition instanceof TableDefinition)) {
            return false;
        }
        // Some file systems ignore case.
        String name = strategy.getFullJavaClassName(definition);
        Definition first = tables.putIfAbsent(name.toLowerCase(Locale.ROOT), definition);
        if (first != null) {
            LOG.warn(
                    "Ambiguous type name",
                    definition.getQualifiedOutputName() + " is left out: its class " + name + " would be the same as"
                            + " that of "
                            + first.getQualifiedOutputName() + "; a generator strategy can give it another name");
        }
        return first != null;
    }
}
