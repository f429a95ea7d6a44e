package org.asyncmigrations.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements that a server runs in one transaction. Locks are held to its end, so it is what is judged.
 *
 * @param isOpen whether the script itself began it; if not, it is one statement
 * @param isCommitted false when the script rolls it back
 */
record Transaction(List<ScriptStatement> statements, boolean isOpen, boolean isCommitted) {
    /** As a client in auto-commit sends a script: a transaction for each statement, but where the script begins one. */
    static List<Transaction> ofScript(List<ScriptStatement> script) {
        List<Transaction> transactions = new ArrayList<>();
        List<ScriptStatement> open = null;
        for (ScriptStatement statement : script) {
            if (open == null && begins(statement)) {
                open = new ArrayList<>();
            } else if (open != null && ends(statement)) {
                transactions.add(new Transaction(open, true, !isRollback(statement)));
                open = null;
            } else if (open != null) {
                open.add(statement);
            } else {
                transactions.add(new Transaction(List.of(statement), false, true));
            }
        }
        if (open != null) {
            transactions.add(new Transaction(open, true, false));
        }
        return transactions;
    }

    /** As a tool sends it that begins a transaction for each script. */
    static List<Transaction> ofTool(List<ScriptStatement> script) {
        // A script that ends the tool's transaction runs as if there were none.
        if (script.stream().anyMatch(Transaction::ends)) {
            return ofScript(script);
        }
        return script.isEmpty() ? List.of() : List.of(new Transaction(script, script.size() > 1, true));
    }

    private static boolean begins(ScriptStatement statement) {
        return statement.begins("BEGIN") || statement.begins("START", "TRANSACTION");
    }

    private static boolean ends(ScriptStatement statement) {
        return statement.begins("COMMIT") || statement.begins("END") || isRollback(statement);
    }

    private static boolean isRollback(ScriptStatement statement) {
        return (statement.begins("ROLLBACK") || statement.begins("ABORT")) && statement.find("TO") < 0;
    }
}
