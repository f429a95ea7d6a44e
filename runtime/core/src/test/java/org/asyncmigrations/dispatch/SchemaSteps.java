package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.By;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.Phase;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.Verified;
import org.asyncmigrations.dispatch.SentStatements.Cut;
import org.asyncmigrations.dispatch.SentStatements.Moment;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;

/** The steps of a change, each as the only migration of a build. */
final class SchemaSteps {
    /** The statements on the schema, those that look at the rows, and each of their transactions' ends. */
    private static final String OF_A_CHANGE =
            "(?is)(set statement .* for )?(alter table|create|drop|grant|rename|select \\* from).*|commit";

    /** Each has its own database. While one waits for the server, another prepares its tables. */
    private static final int SHARES = 4;

    private SchemaSteps() {}

    /** The back-fill, as users write it. */
    record Fill(ExpandContract declaration) implements SqlBackfill, Verified {
        @Override
        public Backfill backfill() {
            return declaration.backfill();
        }

        @Override
        public Select<?> violations() {
            return declaration.violations();
        }
    }

    static TestCatalog catalog(SchemaChange change) {
        Phase phase = change.takesAway() ? Phase.AFTER_RELEASE : Phase.ASYNC;
        SchemaMigration migration = () -> change;
        return new TestCatalog().with(MigrationEntry.schema(1, "test.M1", phase, "f1"), () -> migration);
    }

    static TestCatalog filling(ExpandContract declaration) {
        return new TestCatalog()
                .with(MigrationEntry.async(1, "test.M1", By.PENDING_ROWS, "f1"), () -> new Fill(declaration));
    }

    /** Runs a step, which is new to the database. */
    static MigrationStatus run(TestCatalog catalog, Fresh fresh) {
        forget(fresh.dsl());
        ManualWorker worker = new ManualWorker();
        try (Dispatcher registry =
                SchemaRunTest.builder(catalog, fresh.dataSource(), worker).build()) {
            registry.dispatch();
            worker.untilIdle();
            return Objects.requireNonNull(registry.status().of(1));
        }
    }

    private static void forget(DSLContext dsl) {
        try {
            TestTables.all().all().forEach(table -> dsl.deleteFrom(table).execute());
        } catch (DataAccessException none) {
            // The first run creates them.
        }
    }

    static void done(SchemaChange change, Fresh fresh) {
        done(catalog(change), fresh);
    }

    static void done(TestCatalog catalog, Fresh fresh) {
        MigrationStatus status = run(catalog, fresh);
        assertThat(status.firstError()).isNull();
        assertThat(status.state()).isEqualTo(State.DONE);
    }

    static String refused(SchemaChange change, Fresh fresh) {
        return refused(catalog(change), fresh);
    }

    static String refused(TestCatalog catalog, Fresh fresh) {
        MigrationStatus status = run(catalog, fresh);
        assertThat(status.state()).isEqualTo(State.FAILED);
        return String.valueOf(status.firstError());
    }

    static String left(SchemaChange change, DataSource source) {
        try (Dispatcher registry = SchemaRunTest.builder(catalog(change), source, new ManualWorker())
                .build()) {
            return registry.migration(1).schemaPlan().toString();
        }
    }

    /**
     * Runs a step once for each of its statements, and ends the connection before and after it.
     *
     * @param before makes the tables anew
     * @param after asserts that the step is done, as a whole
     */
    static int cutBehindEachStatement(
            TestDatabase kind, SchemaChange change, Consumer<Fresh> before, Consumer<DSLContext> after)
            throws Exception {
        List<Cut> cuts = cuts(kind, change, before);
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < SHARES; i++) {
            int share = i;
            shares.add(() -> {
                try (var fresh = kind.fresh()) {
                    for (int at = share; at < cuts.size(); at += SHARES) {
                        before.accept(fresh);
                        cut(kind, change, fresh, cuts.get(at));
                        after.accept(fresh.dsl());
                    }
                }
                return null;
            });
        }
        OwnThreads.runAll(shares);
        return cuts.size();
    }

    private static List<Cut> cuts(TestDatabase kind, SchemaChange change, Consumer<Fresh> before) {
        List<String> sent;
        try (var fresh = kind.fresh()) {
            before.accept(fresh);
            done(change, fresh);
            before.accept(fresh);
            sent = cut(kind, change, fresh, Cut.NEVER).sent();
        }
        List<Cut> cuts = new ArrayList<>();
        boolean hasBegun = false;
        for (int at = 0; at < sent.size(); at++) {
            hasBegun |= sent.get(at).contains(change.table().getName());
            if (hasBegun && sent.get(at).matches(OF_A_CHANGE)) {
                for (Moment moment : Moment.values()) {
                    cuts.add(new Cut(at + 1, moment));
                }
            }
        }
        return cuts;
    }

    private static SentStatements cut(TestDatabase kind, SchemaChange change, Fresh fresh, Cut cut) {
        forget(fresh.dsl());
        SentStatements connections = new CutConnections(kind, fresh, cut);
        ManualWorker worker = new ManualWorker();
        Duration[] later = {Duration.ZERO};
        try (Dispatcher registry = SchemaRunTest.builder(catalog(change), connections, worker)
                .maxAttempts(5)
                .clockShift(() -> later[0])
                .build()) {
            registry.dispatch();
            for (int round = 0; round < 5 && worker.untilIdle() != Step.Kind.FINISHED; round++) {
                later[0] = later[0].plus(Duration.ofSeconds(31));
            }
        }
        var rows = TestTables.all().migrations();
        var row = fresh.dsl().select(rows.STATE, rows.ERROR).from(rows).fetchSingle();
        assertThat(row.value1())
                .as(cut + ": " + connections.what() + " " + row.value2())
                .isEqualTo("done");
        return connections;
    }
}
