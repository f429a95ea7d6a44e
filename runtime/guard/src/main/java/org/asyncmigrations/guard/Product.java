package org.asyncmigrations.guard;

import java.sql.SQLException;
import java.util.List;

/** A database product: how its scripts are read, and how it shows what a statement does. */
interface Product {
    /** Whether scripts have MySQL's quotes and comments. */
    boolean readsAsMySql();

    /** {@return the tables and views that are there} */
    List<String> tables() throws SQLException;

    /** Runs a script without judging it. */
    void run(List<ScriptStatement> script) throws SQLException;

    /** Runs a script, and judges each of its statements. */
    List<Judgement> judge(List<ScriptStatement> script, boolean inOneTransaction) throws SQLException;
}
