package org.asyncmigrations.guard;

import java.util.List;
import java.util.Optional;

/** Statements that change more than their database, or depend on what is in it: they are not run, or not believed. */
final class Beyond {
    private static final List<String> OF_THE_SERVER =
            List.of("DATABASE", "TABLESPACE", "SYSTEM", "ROLE", "USER", "GROUP", "SUBSCRIPTION");

    private Beyond() {}

    /** Why a statement is not run. */
    static Optional<String> reason(ScriptStatement statement) {
        if (statement.obstacle().isPresent()) {
            return statement.obstacle();
        }
        boolean defines = statement.begins("CREATE") || statement.begins("ALTER") || statement.begins("DROP");
        if (defines
                && statement.words().size() > 1
                && OF_THE_SERVER.contains(statement.words().get(1).text())
                && !statement.begins("CREATE", "USER", "MAPPING")) {
            return Optional.of("it changes more than this database, so it was not run");
        } else if (statement.begins("COPY") && isFile(statement)) {
            return Optional.of("it uses a file or a program of the server, so it was not run");
        } else if (statement.begins("PREPARE", "TRANSACTION")) {
            return Optional.of("a prepared transaction stays behind, so it was not run");
        }
        boolean changesUser = statement.begins("SET", "ROLE") || statement.begins("SET", "SESSION", "AUTHORIZATION");
        return changesUser
                ? Optional.of("it takes away rights that the guard's session needs, so it was not run")
                : Optional.empty();
    }

    private static boolean isFile(ScriptStatement statement) {
        return statement.find("STDIN") < 0 && statement.find("STDOUT") < 0;
    }

    /** Whether what it does depends on the rows, the settings or the catalog that it finds. */
    static boolean isProgram(ScriptStatement statement) {
        return statement.begins("DO") || statement.begins("CALL");
    }
}
