package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.asyncmigrations.guard.Migration.Code;
import org.asyncmigrations.guard.Migration.Script;

/** A database product: how its scripts are read, and how it shows what a statement does. */
interface Product {
    /** Whether scripts have MySQL's quotes and comments. */
    boolean readsAsMySql();

    /** {@return the tables and views that are there} */
    List<String> tables() throws SQLException;

    /** Reads sizes and settings of the live database, for all that is judged from now on. */
    void ask(Connection live) throws SQLException;

    /** Runs a script without judging it. */
    void run(Script script) throws SQLException;

    /** Runs code without judging it. */
    void run(Code code) throws Exception;

    /** Runs a script, and judges each of its statements. */
    List<Judgement> judge(Script script) throws SQLException;

    /** Runs code, and judges each statement that it sends. */
    List<Judgement> judge(Code code) throws SQLException;
}
