package org.asyncmigrations.guard;

import java.sql.Connection;
import java.util.List;
import org.asyncmigrations.guard.Migration.Code;
import org.asyncmigrations.guard.Migration.Script;

/** A product that does not show what a statement does: nothing is run, and nothing is said to be harmless. */
final class CannotTell implements Product {
    private final String name;

    CannotTell(String name) {
        this.name = name;
    }

    @Override
    public boolean readsAsMySql() {
        return name.equals("MySQL");
    }

    @Override
    public List<String> tables() {
        return List.of();
    }

    @Override
    public void ask(Connection live) {
        // Nothing is judged.
    }

    @Override
    public void run(Script script) {}

    @Override
    public void run(Code code) {}

    @Override
    public List<Judgement> judge(Script script) {
        return script.statements().stream().map(this::cannot).toList();
    }

    @Override
    public List<Judgement> judge(Code code) {
        return List.of(cannot(code.whole()));
    }

    private Judgement cannot(ScriptStatement statement) {
        return Judgement.cannot(
                statement,
                "%s does not show what it locks or rewrites; use the same database as production".formatted(name));
    }
}
