package org.asyncmigrations.guard;

import java.util.List;
import java.util.Optional;

/**
 * Where a migration in Java sends its statements.
 *
 * @param type the outermost class around it
 */
record JavaPlace(String type) {
    JavaPlace(String type) {
        this.type = outermost(type);
    }

    private static String outermost(String type) {
        return type.replaceFirst("\\$.*", "");
    }

    ScriptStatement whole() {
        return ScriptStatement.whole(type.substring(type.lastIndexOf('.') + 1) + ".java", 1, type, List.of());
    }

    /** With the line of the class that is being run. */
    Optional<ScriptStatement> find(ScriptStatement statement) {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(
                                frame -> outermost(frame.getClassName()).equals(type))
                        .findFirst())
                .map(frame -> statement.at(Math.max(frame.getLineNumber(), 1)))
                .or(() -> Optional.of(statement));
    }
}
