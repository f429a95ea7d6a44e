package org.asyncmigrations;

import java.util.List;

/**
 * The statements that a {@link SchemaMigration} has still to send, as the database's catalog says now. Immutable, and so safe for
 * threads.
 *
 * @param migration its version and class, as messages name it
 * @param state where it stands
 * @param statements the statements, in order; none if all is there
 */
public record SchemaPlan(String migration, State state, List<String> statements) {
    /**
     * Copies the list.
     *
     * @param migration its version and class
     * @param state where it stands
     * @param statements the statements
     */
    public SchemaPlan {
        statements = List.copyOf(statements);
    }

    /** {@return a line for each statement, for people} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(migration + ", " + state.word() + "\n");
        if (statements.isEmpty()) {
            text.append("  nothing is left to do\n");
        }
        statements.forEach(statement -> text.append("  ").append(statement).append(";\n"));
        return text.toString();
    }
}
