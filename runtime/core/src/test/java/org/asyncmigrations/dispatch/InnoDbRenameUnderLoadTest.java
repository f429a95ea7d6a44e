package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that run at the moment at which a table and a view exchange their names on MariaDB. */
class InnoDbRenameUnderLoadTest {
    /**
     * Old code writes while the names are exchanged to and fro, then new code does too, and for as long as contract() runs. If the new
     * name comes first in the alphabet, undo() waits for no lock, so it would need a pause.
     */
    @ParameterizedTest
    @CsvSource({"people, 4", "clients, 0"})
    void noStatementFailsWhileTheNamesAreExchanged(String name, int undone) throws Exception {
        RenameByView declaration = RenameByView.table(table("customers"), name);
        try (var fresh = InnoDbRenameByViewTest.KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            InnoDbRenameByViewTest.prepare(dsl);
            AtomicInteger phase = new AtomicInteger();
            AtomicInteger old = new AtomicInteger();
            AtomicInteger renamed = new AtomicInteger();
            List<Callable<Void>> all = new ArrayList<>();
            for (boolean isTransaction : List.of(true, false)) {
                all.add(() -> write(fresh, "customers", isTransaction, phase, 0, old));
                all.add(() -> write(fresh, name, isTransaction, phase, 1, renamed));
            }
            all.add(() -> {
                try {
                    for (int round = 0; round < undone; round++) {
                        SchemaSteps.done(declaration.expand(), fresh);
                        SchemaSteps.done(declaration.undo(), fresh);
                    }
                    SchemaSteps.done(declaration.expand(), fresh);
                    int before = old.get();
                    phase.set(1);
                    while (phase.get() == 1 && (old.get() < before + 20 || renamed.get() < 20)) {
                        Thread.onSpinWait();
                    }
                    phase.set(2);
                    SchemaSteps.done(declaration.contract(), fresh);
                } finally {
                    phase.set(3);
                }
                return null;
            });
            OwnThreads.runAll(all);
            assertThat(renamed.get()).isPositive();
            assertThat(dsl.fetchCount(DSL.table(name))).isEqualTo(1 + old.get() + renamed.get());
        }
    }

    private static Void write(
            Fresh fresh, String table, boolean isTransaction, AtomicInteger phase, int from, AtomicInteger rows)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            connection.setAutoCommit(!isTransaction);
            DSLContext dsl = DSL.using(connection, InnoDbRenameByViewTest.KIND.dialect());
            while (phase.get() < 2 + from) {
                if (phase.get() >= from) {
                    String email = UUID.randomUUID().toString();
                    dsl.execute("insert into " + table + " (email) values ({0})", DSL.val(email));
                    assertThat(dsl.execute("update " + table + " set note = 'u' where id = last_insert_id()"))
                            .isEqualTo(1);
                    dsl.fetchSingle("select note from " + table + " where email = {0} for update", DSL.val(email));
                    if (isTransaction) {
                        connection.commit();
                    }
                    rows.incrementAndGet();
                }
            }
        } catch (SQLException | RuntimeException failure) {
            phase.set(3);
            throw failure;
        }
        return null;
    }

    /** A wait could end in a deadlock, which has crashed MariaDB 11.4. */
    @ParameterizedTest
    @CsvSource({"people, 1", "clients, 0"})
    void undoWaitsForNoLockIfTheNewNameComesFirst(String name, int seconds) {
        RenameByView declaration = RenameByView.table(table("customers"), name);
        try (var fresh = InnoDbRenameByViewTest.KIND.fresh()) {
            InnoDbRenameByViewTest.prepare(fresh.dsl());
            SchemaSteps.done(declaration.expand(), fresh);
            assertThat(SchemaSteps.left(declaration.undo(), fresh.dataSource()))
                    .contains("lock_wait_timeout = " + seconds + ", max_statement_time = 0 for rename table");
        }
    }
}
