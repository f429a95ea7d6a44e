package org.asyncmigrations.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes out the safe way for each action of an {@code ALTER TABLE} of PostgreSQL. */
final class AlterTable {
    /** What may follow the type of a column. */
    private static final Set<String> BEHIND_TYPE = Set.of(
            "DEFAULT",
            "NOT",
            "NULL",
            "CHECK",
            "REFERENCES",
            "UNIQUE",
            "PRIMARY",
            "GENERATED",
            "COLLATE",
            "CONSTRAINT",
            "USING");

    private final ScriptStatement statement;
    private final List<String> newConstraints;
    private final int nameAt;
    private final int actionsAt;
    private final List<String> lines = new ArrayList<>();

    AlterTable(ScriptStatement statement, List<String> newConstraints) {
        this.statement = statement;
        this.newConstraints = newConstraints;
        int at = 2;
        at += statement.has(at, "IF", "EXISTS") ? 2 : 0;
        at += statement.has(at, "ONLY") ? 1 : 0;
        this.nameAt = at;
        at++;
        while (statement.has(at, ".")) {
            at += 2;
        }
        this.actionsAt = at;
    }

    /** {@return lines for the actions that have a safe way; the others as they are; none if there is no safe way for any} */
    List<String> safely() {
        boolean isAnySafer = false;
        for (int[] action : actions()) {
            boolean isSafer = action(action[0], action[1]);
            isAnySafer |= isSafer;
            if (!isSafer) {
                add(statement.text(action[0], action[1]));
            }
        }
        return isAnySafer ? lines : List.of();
    }

    private List<int[]> actions() {
        List<int[]> actions = new ArrayList<>();
        int from = actionsAt;
        for (int at = from; at <= statement.words().size(); at++) {
            boolean isEnd = at == statement.words().size()
                    || statement.has(at, ",") && statement.words().get(at).depth() == 0;
            if (isEnd && at > from) {
                actions.add(new int[] {from, at});
                from = at + 1;
            }
        }
        return actions;
    }

    private boolean action(int from, int to) {
        if (statement.has(from, "ADD")) {
            return addition(from + 1, to);
        } else if (statement.has(from, "RENAME")) {
            return rename(from + 1, to);
        } else if (statement.has(from, "DROP") && !statement.has(from + 1, "CONSTRAINT")) {
            lines.add(SafeWay.AFTER_RELEASE);
            add(statement.text(from, to));
            return true;
        } else if (statement.has(from, "DETACH", "PARTITION") && !statement.has(to - 1, "CONCURRENTLY")) {
            lines.add("-- outside a transaction");
            add(statement.text(from, to) + " concurrently");
            return true;
        } else if (statement.has(from, "ALTER")) {
            return column(from + (statement.has(from + 1, "COLUMN") ? 2 : 1), to);
        }
        return false;
    }

    private boolean addition(int from, int to) {
        boolean isNamed = statement.has(from, "CONSTRAINT");
        int kind = from + (isNamed ? 2 : 0);
        if (statement.has(kind, "FOREIGN") || statement.has(kind, "CHECK")) {
            String name = isNamed
                    ? statement.text(from + 1, from + 2)
                    : newConstraints.isEmpty() ? "…" : newConstraints.get(0);
            add("add " + statement.text(from, to) + (isNotValid(to) ? "" : " not valid"));
            lines.add("-- in its own transaction");
            add("validate constraint " + name);
            return true;
        } else if ((statement.has(kind, "UNIQUE") || statement.has(kind, "PRIMARY", "KEY"))
                && !statement.has(to - 3, "USING", "INDEX")) {
            return key(from, kind, to, isNamed);
        } else if (isNamed || statement.has(kind, "EXCLUDE")) {
            return false;
        }
        return newColumn(from + (statement.has(from, "COLUMN") ? 1 : 0), to);
    }

    private boolean isNotValid(int to) {
        return statement.has(to - 2, "NOT", "VALID");
    }

    private boolean key(int from, int kind, int to, boolean isNamed) {
        int columns = kind;
        while (columns < to && !statement.has(columns, "(")) {
            columns++;
        }
        String word = statement.has(kind, "UNIQUE") ? "unique" : "primary key";
        String name =
                isNamed ? statement.text(from + 1, from + 2) : bareTable() + (word.equals("unique") ? "_key" : "_pkey");
        lines.add("-- outside a transaction");
        lines.add(SafeWay.end(
                "create unique index concurrently %s on %s %s".formatted(name, table(), statement.text(columns, to))));
        if (word.equals("primary key")) {
            lines.add("-- make its columns not null first, as the guard shows for: set not null");
        }
        add("add constraint %s %s using index %s".formatted(name, word, name));
        return true;
    }

    private boolean newColumn(int from, int to) {
        int name = from + (statement.has(from, "IF", "NOT", "EXISTS") ? 3 : 0);
        int value = -1;
        int typeEnd = to;
        boolean isRequired = false;
        for (int at = to - 1; at > name; at--) {
            if (statement.words().get(at).depth() == statement.words().get(name).depth()) {
                typeEnd = BEHIND_TYPE.contains(statement.words().get(at).text()) ? at : typeEnd;
                value = statement.has(at, "DEFAULT") ? at : value;
                isRequired |= statement.has(at, "NOT", "NULL");
            }
        }
        if (value < 0) {
            return false;
        }
        String column = statement.text(name, name + 1);
        add("add column " + statement.text(from, typeEnd));
        add("alter column %s set %s".formatted(column, statement.text(value, endOfDefault(value, to))));
        lines.add(SafeWay.BACK_FILL);
        if (isRequired) {
            notNull(column);
        }
        return true;
    }

    private int endOfDefault(int value, int to) {
        int end = value + 2;
        int depth = statement.words().get(value).depth();
        while (end < to
                && !(statement.words().get(end).depth() == depth
                        && BEHIND_TYPE.contains(statement.words().get(end).text()))) {
            end++;
        }
        return end;
    }

    private boolean column(int name, int to) {
        String column = statement.text(name, name + 1);
        int type = statement.has(name + 1, "SET", "DATA") ? name + 3 : name + 1;
        if (statement.has(name + 1, "SET", "NOT", "NULL")) {
            notNull(column);
            return true;
        } else if (!statement.has(type, "TYPE")) {
            return false;
        }
        int using = statement.find("USING") > type ? statement.find("USING") : to;
        String fresh = changed(column, "_new");
        add("add column %s %s".formatted(fresh, statement.text(type + 1, Math.min(using, to))));
        lines.add("-- keep both columns in sync with a trigger, and set " + fresh
                + " in the old rows in short batches (a batch migration)");
        lines.add("-- then make the code use %s".formatted(fresh));
        lines.add(SafeWay.AFTER_RELEASE);
        add("drop column " + column);
        return true;
    }

    private void notNull(String column) {
        String check = changed(column, "_not_null");
        add("add constraint %s check (%s is not null) not valid".formatted(check, column));
        lines.add("-- in its own transaction");
        add("validate constraint " + check);
        add("alter column %s set not null".formatted(column));
        add("drop constraint " + check);
    }

    /** In the place of the old name comes a view that has both. */
    private boolean rename(int from, int to) {
        if (statement.has(from, "CONSTRAINT")) {
            return false;
        }
        lines.add("begin;");
        if (statement.has(from, "TO")) {
            add("rename " + statement.text(from, to));
            lines.add(SafeWay.end(
                    "create view %s as select * from %s%s".formatted(table(), schema(), statement.text(from + 1, to))));
        } else {
            int old = from + (statement.has(from, "COLUMN") ? 1 : 0);
            String fresh = changed(bareTable(), "_data");
            add("rename to " + fresh);
            lines.add(SafeWay.end(
                    "alter table %s%s rename column %s".formatted(schema(), fresh, statement.text(old, to))));
            lines.add(SafeWay.end("create view %s as select *, %s as %s from %s%s"
                    .formatted(table(), statement.text(to - 1, to), statement.text(old, old + 1), schema(), fresh)));
        }
        lines.add("commit;");
        lines.add("-- drop the view in a later release, when no instance uses it any more");
        return true;
    }

    private void add(String action) {
        lines.add(SafeWay.end(statement.text(0, actionsAt) + " " + action));
    }

    private String table() {
        return statement.text(nameAt, actionsAt);
    }

    private String bareTable() {
        return statement.text(actionsAt - 1, actionsAt);
    }

    private String schema() {
        return statement.text(nameAt, actionsAt - 1);
    }

    private static String changed(String name, String ending) {
        return name.endsWith("\"") ? name.substring(0, name.length() - 1) + ending + '"' : name + ending;
    }
}
