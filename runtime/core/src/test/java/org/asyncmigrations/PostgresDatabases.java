package org.asyncmigrations;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Empty databases on the embedded PostgreSQL. One that a test gives back is emptied for another test: a new database is some 300
 * files, and creating and deleting them took most of the server's CPU time. Thread-safe.
 */
final class PostgresDatabases {
    static final String USER = "postgres";

    /** What emptying a database would leave in it. */
    private static final String LEFT = """
            select exists (select from pg_db_role_setting where setdatabase = d.oid)
                or d.datacl is not null or d.datconnlimit <> -1 or not d.datallowconn
                or exists (select from pg_default_acl)
                or exists (select from pg_event_trigger)
                or exists (select from pg_publication)
                or exists (select from pg_foreign_data_wrapper)
                or exists (select from pg_largeobject_metadata)
                or exists (select from pg_extension where extname <> 'plpgsql')
            from pg_database d where d.datname = current_database()""";

    private static final String EMPTY = """
            do $$
            declare
                name text;
            begin
                for name in select nspname from pg_namespace
                    where nspname not like 'pg\\_%' and nspname <> 'information_schema'
                loop
                    execute format('drop schema %I cascade', name);
                end loop;
                create schema public authorization pg_database_owner;
                grant usage on schema public to public;
            end $$""";

    private static final Deque<String> IDLE = new ArrayDeque<>();

    private PostgresDatabases() {}

    /** {@return the name of an empty database: one that was given back, or else a new one of this name} */
    static synchronized String take(String name) {
        if (!IDLE.isEmpty()) {
            return IDLE.pop();
        }
        in("postgres", server -> server.execute("create database " + name));
        return name;
    }

    /** Ends the sessions of a database, and keeps it for another test if it can be emptied. */
    static void giveBack(String name) {
        if (in(name, PostgresDatabases::isEmptied)) {
            synchronized (PostgresDatabases.class) {
                IDLE.push(name);
            }
        } else {
            in("postgres", server -> server.execute("drop database " + name + " with (force)"));
        }
    }

    private static boolean isEmptied(DSLContext dsl) {
        dsl.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
        if (dsl.fetchSingle(LEFT).get(0, Boolean.class)) {
            return false;
        }
        dsl.execute(EMPTY);
        return true;
    }

    private static <T> T in(String database, Function<DSLContext, T> work) {
        try (Connection connection = DriverManager.getConnection(url(database), USER, "")) {
            return work.apply(DSL.using(connection, SQLDialect.POSTGRES));
        } catch (SQLException problem) {
            throw new IllegalStateException(database, problem);
        }
    }

    static String url(String database) {
        return "jdbc:postgresql://localhost:" + TestDatabaseServers.postgresPort() + "/" + database;
    }
}
