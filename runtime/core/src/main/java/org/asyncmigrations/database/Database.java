package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A database product, and the few things that each says in its own way. Immutable, and so safe for threads. */
public enum Database {
    /** PostgreSQL, from 14 on. */
    POSTGRES(SQLDialect.POSTGRES, "clock_timestamp() at time zone 'UTC'", "{0} + {1} * interval '1 millisecond'"),
    /** MariaDB, from 10.6 on. */
    MARIADB(SQLDialect.MARIADB, "utc_timestamp(6)", "{0} + interval {1} * 1000 microsecond"),
    /** MySQL, from 8 on. */
    MYSQL(SQLDialect.MYSQL, "utc_timestamp(6)", "{0} + interval {1} * 1000 microsecond"),
    /** H2, from 2.2 on; its clock stands still within a transaction. */
    H2(
            SQLDialect.H2,
            // Not "at time zone": a cast to a time without zone would go by the session's.
            "dateadd(microsecond, cast(extract(epoch from current_timestamp(6)) * 1000000 as bigint),"
                    + " timestamp '1970-01-01 00:00:00.000000')",
            "dateadd(millisecond, {1}, {0})");

    private final SQLDialect dialect;
    private final String clock;
    private final String later;

    Database(SQLDialect dialect, String clock, String later) {
        this.dialect = dialect;
        this.clock = clock;
        this.later = later;
    }

    /**
     * The product behind a jOOQ dialect.
     *
     * @param dialect a dialect, of any version
     * @return the product
     * @throws IllegalArgumentException for a product that is not supported
     */
    public static Database of(SQLDialect dialect) {
        for (Database database : values()) {
            if (database.dialect == dialect.family()) {
                return database;
            }
        }
        throw new IllegalArgumentException("database " + dialect.getName()
                + " may not hold async migrations; use PostgreSQL, MariaDB, MySQL or H2");
    }

    /** {@return the dialect that our own statements are written in} */
    public SQLDialect dialect() {
        return dialect;
    }

    /**
     * The database's running clock, in UTC. It goes on within a transaction, but for H2.
     *
     * @return an expression
     */
    public Field<LocalDateTime> clock() {
        return DSL.field("(" + clock + ")", SQLDataType.LOCALDATETIME(6));
    }

    /**
     * The product behind a connection, as its driver names it. Loads none of jOOQ's table classes.
     *
     * @param connection a connection
     * @return the product
     * @throws SQLException when the driver does not tell
     * @throws IllegalArgumentException for a product that is not supported
     */
    public static Database of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        return switch (name) {
            case "PostgreSQL" -> POSTGRES;
            case "MariaDB" -> MARIADB;
            case "MySQL" -> MYSQL;
            case "H2" -> H2;
            default ->
                throw new IllegalArgumentException(
                        "database " + name + " may not hold async migrations; use PostgreSQL, MariaDB, MySQL or H2");
        };
    }

    /**
     * The {@link #clock()}, or a time later than it, for a statement of plain JDBC.
     *
     * @param by how much later, in whole milliseconds
     * @return an expression
     */
    public String clockText(Duration by) {
        String now = "(" + clock + ")";
        return by.isZero() ? now : "(" + later.replace("{0}", now).replace("{1}", Long.toString(by.toMillis())) + ")";
    }

    /**
     * A time later than another.
     *
     * @param time the other
     * @param by how much, in whole milliseconds
     * @return an expression
     */
    public Field<LocalDateTime> later(Field<LocalDateTime> time, Duration by) {
        return DSL.field("(" + later + ")", SQLDataType.LOCALDATETIME(6), time, DSL.inline(by.toMillis()));
    }

    /** {@return whether a change of the schema is part of its transaction, and rolled back with it; elsewhere it commits} */
    public boolean rollsBackSchemaChanges() {
        return this == POSTGRES;
    }

    /**
     * A statement of jOOQ's that makes a state table or a column of one, as this product needs it.
     *
     * @param sql the statement as jOOQ writes it
     * @return the statement to send
     */
    public String definition(String sql) {
        if (this != MARIADB && this != MYSQL) {
            return sql;
        }
        // A TIMESTAMP there is converted from and to the session's zone; a DATETIME is what was written.
        String times = sql.replace(" timestamp(6)", " datetime(6)");
        // The server's default may be an encoding that cannot hold every key and every error text.
        return times.startsWith("create table") ? times + " default character set utf8mb4" : times;
    }
}
