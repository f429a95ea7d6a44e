package org.asyncmigrations.guard;

import java.util.List;

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
    public void run(List<ScriptStatement> script) {}

    @Override
    public List<Judgement> judge(List<ScriptStatement> script, boolean inOneTransaction) {
        return script.stream()
                .map(statement -> Judgement.cannot(
                        statement,
                        "%s does not show what it locks or writes again; use the database that runs in production"
                                .formatted(name)))
                .toList();
    }
}
