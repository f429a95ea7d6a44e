package org.asyncmigrations.benchmarks.backfill.way;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Loops inside the server: a procedure that commits after each batch, called for a section of the keys. Its batches can't be seen
 * from outside.
 *
 * @param number how many loops run in parallel
 */
record ProcedureLoops(int number) implements Way {
    private static final String POSTGRES = """
            create procedure fill_stretch(done bigint, up_to bigint, batch int) language plpgsql as $$
            begin
              while done < up_to loop
                update customers set email_normalized = lower(trim(email))
                where id > done and id <= least(done + batch, up_to);
                commit;
                done := done + batch;
              end loop;
            end $$""";

    private static final String MARIADB = """
            create procedure fill_stretch(in done bigint, in up_to bigint, in batch int)
            begin
              while done < up_to do
                update customers set email_normalized = lower(trim(email))
                where id > done and id <= least(done + batch, up_to);
                commit;
                set done = done + batch;
              end while;
            end""";

    @Override
    public Work prepare(Filling filling) throws SQLException {
        try (Connection connection = filling.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(filling.mariaDb() ? MARIADB : POSTGRES);
        }
        return () -> SideBySide.run(filling.stretches(number), keys -> call(filling, keys));
    }

    private static void call(Filling filling, Filling.Keys keys) throws SQLException {
        try (Connection connection = filling.pool().getConnection();
                CallableStatement call = connection.prepareCall("call fill_stretch(?, ?, ?)")) {
            call.setLong(1, keys.after());
            call.setLong(2, keys.upTo());
            call.setInt(3, filling.batch());
            call.execute();
        }
    }
}
