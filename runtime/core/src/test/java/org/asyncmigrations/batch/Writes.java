package org.asyncmigrations.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.asyncmigrations.TestDatabase;
import org.h2.api.Trigger;
import org.jooq.DSLContext;

/** A trigger with which the database itself records each written row of {@code users} in the table {@code writes}. */
public final class Writes implements Trigger {
    /** Called by H2. */
    public Writes() {}

    static void count(DSLContext dsl, TestDatabase database) {
        String quote = database == TestDatabase.MARIADB ? "`" : "\"";
        String users = quote + "users" + quote;
        dsl.execute("create table writes (id bigint)");
        switch (database) {
            case POSTGRES -> {
                dsl.execute("create function noted() returns trigger language plpgsql as"
                        + " $$begin insert into writes values (new.id); return new; end$$");
                dsl.execute("create trigger noted after update on " + users + " for each row execute function noted()");
            }
            case MARIADB ->
                dsl.execute("create trigger noted after update on " + users
                        + " for each row insert into writes values (new.id)");
            case H2 ->
                dsl.execute("create trigger noted after update on " + users + " for each row call '"
                        + Writes.class.getName() + "'");
        }
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        try (PreparedStatement note = connection.prepareStatement("insert into writes values (?)")) {
            note.setObject(1, after[0]);
            note.executeUpdate();
        }
    }
}
