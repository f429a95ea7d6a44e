package org.asyncmigrations.fault;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestSource;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.state.StateSchema;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.DefaultConnection;

/** The program of a {@link Node}'s process. */
final class NodeMain {
    /** A node is held at its third batch: by then, there is a cursor and an adapted batch size. */
    private static final int HELD_BATCH = 3;

    private final NodeOptions options;
    private final Semaphore words = new Semaphore(0);
    private int changes;
    private boolean holdsNextCommit;
    private boolean working;

    private NodeMain(NodeOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        NodeMain node = new NodeMain(NodeOptions.read(arguments, 2));
        new OwnThreads().execute(node::listen);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword("");
        config.setMaximumPoolSize(5);
        config.setMinimumIdle(0);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            node.dispatch(pool);
        }
    }

    /** Reads commands: each line tells the node to go on. The end of the input means that the parent has ended. */
    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in))) {
            while (lines.readLine() != null) {
                words.release();
            }
        } catch (IOException gone) {
            System.err.println("the parent is gone: " + gone);
        }
        Runtime.getRuntime().halt(1);
    }

    private void dispatch(HikariDataSource pool) throws Exception {
        LedgerBuild build = new LedgerBuild(options.name(), options.pauseMillis(), this::changed);
        warmUp(pool);
        System.out.println("ready");
        words.acquire();
        TestSource source = () -> new DefaultConnection(pool.getConnection()) {
            @Override
            public void commit() throws SQLException {
                committing();
                super.commit();
            }
        };
        try (Dispatcher registry =
                options.of(build.of(options.only()).on(source)).build()) {
            var dispatch = registry.dispatch();
            System.out.println("dispatched");
            Outcome outcome = dispatch.await();
            System.out.println("ended " + outcome + " " + dispatch.message());
        }
    }

    /** Loads jOOQ's classes before the command to go: a kill has to hit the work, not class loading. */
    private static void warmUp(DataSource pool) throws Exception {
        try (var connection = pool.getConnection()) {
            DSL.using(connection).selectOne().fetch();
            Class.forName(StateSchema.class.getName());
        }
    }

    private void changed(long version) {
        // Waits outside the monitor, so that the node's other threads go on, as beside slow work.
        if (isHeldAt(version)) {
            hold();
        }
    }

    private synchronized boolean isHeldAt(long version) {
        if (!working) {
            working = true;
            System.out.println("working");
        }
        boolean isTheOne =
                !options.hold().equals("none") && ++changes == (version == LedgerBuild.ACCOUNTS ? 1 : HELD_BATCH);
        boolean atWork = options.hold().equals("work");
        holdsNextCommit |= isTheOne && !atWork;
        return isTheOne && atWork;
    }

    private void committing() {
        boolean holds;
        synchronized (this) {
            holds = holdsNextCommit;
            holdsNextCommit = false;
        }
        if (holds) {
            hold();
        }
    }

    private void hold() {
        System.out.println("held");
        words.acquireUninterruptibly();
    }
}
