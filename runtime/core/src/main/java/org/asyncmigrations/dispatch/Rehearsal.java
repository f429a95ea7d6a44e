package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.batch.RangeSplitter;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.StateTables;

/**
 * Lets a test kit do more with a builder's migrations than an application may: run one alone, in its own registry with a clock that
 * the test sets, or call its code without claim and record. Not for applications. Thread-safe.
 */
public final class Rehearsal {
    /**
     * Limits for user code in a test: other sessions release their locks within seconds, and a statement that hangs should be
     * found.
     */
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ZERO,
            "async-migrations-test",
            true,
            false);

    private final MigrationSet contents;
    private final Connections connections;

    private Rehearsal(MigrationSet contents, Connections connections) {
        this.contents = contents;
        this.connections = connections;
    }

    /** Something to do with the user's code in a transaction. */
    @FunctionalInterface
    public interface Scene {
        /**
         * Does it.
         *
         * @param work the user's side of the transaction, which commits when this returns
         * @throws Exception what the code throws; the transaction is then rolled back
         */
        @SuppressWarnings("exports")
        void play(UserWork work) throws Exception;
    }

    /**
     * The rehearsal of a build.
     *
     * @param builder the user's builder, with the data source or configuration that all runs use
     * @return the rehearsal
     */
    public static Rehearsal of(RegistryBuilder<?> builder) {
        return new Rehearsal(MigrationSet.of(builder.catalog()), builder.connections());
    }

    /** {@return the migrations whose code this build contains, in the order of versions} */
    public List<MigrationEntry> entries() {
        return contents.entries().stream().filter(entry -> !entry.isRetired()).toList();
    }

    /** {@return the state tables} */
    public StateTables tables() {
        return contents.tables();
    }

    /**
     * Creates a migration.
     *
     * @param entry the migration
     * @return a {@link DataMigration}, a {@link BatchMigration} or a {@link SchemaMigration}
     * @throws Exception what its constructor throws
     */
    public Object create(MigrationEntry entry) throws Exception {
        return contents.create(entry);
    }

    /**
     * A builder for a registry with this migration alone. It depends on nothing, its release is over, and it accepts any version of
     * the schema.
     *
     * @param entry the migration
     * @param clockShift how far this registry's clock is ahead of the database's
     * @return the builder
     */
    public RegistryBuilder<Dispatcher> alone(MigrationEntry entry, Supplier<Duration> clockShift) {
        return RegistryBuilder.over(connections, new Alone(entry, contents))
                .mode(Mode.AFTER)
                .assumeNewDatabase()
                .maxReplicationLag(Duration.ZERO)
                .beatenByHand(true)
                .quiet(true)
                .clockShift(clockShift);
    }

    /**
     * Plays a scene in one transaction or, if the migration isn't transactional, in auto-commit.
     *
     * @param entry the migration
     * @param scene what to do
     * @throws Exception what the scene throws; if the database fails
     */
    public void play(MigrationEntry entry, Scene scene) throws Exception {
        try (Session session = connections.borrow()) {
            if (entry.transactional()) {
                session.begin(LIMITS);
            }
            try (UserWork work = session.userWork(LIMITS)) {
                scene.play(work);
            }
            if (entry.transactional()) {
                session.commit();
            }
        }
    }

    /**
     * Calls {@code migrate()} once for all rows, whatever {@code isDone()} returns.
     *
     * @param entry the migration
     * @throws Exception what the code throws; if the database fails
     */
    public void migrate(MigrationEntry entry) throws Exception {
        Object migration = create(entry);
        play(entry, work -> {
            if (migration instanceof BatchMigration batches) {
                RangeSplitter stretches = RangeSplitter.of(batches, work);
                stretches.change(work, new RangeSplitter.Stretch(null, null));
            } else if (migration instanceof SchemaMigration schema) {
                SchemaSender.sendAll(work, schema.change());
            } else {
                ((DataMigration) migration).migrate(new Attempt(work.dsl(), work.product(), entry.version(), 1));
            }
        });
    }

    /**
     * Calls {@code isDone()}.
     *
     * @param entry the migration
     * @return its result; false if the migration has no such method
     * @throws Exception what the code throws; if the database fails
     */
    public boolean isDone(MigrationEntry entry) throws Exception {
        boolean[] done = new boolean[1];
        if (create(entry) instanceof Guarded guarded) {
            play(entry, work -> done[0] = guarded.isDone(new Attempt(work.dsl(), work.product(), entry.version(), 1)));
        }
        return done[0];
    }

    /** A build that contains one migration of another build. */
    private record Alone(MigrationEntry entry, MigrationSet contents) implements MigrationCatalog<Dispatcher> {
        @Override
        public String schema() {
            return contents.schema();
        }

        @Override
        public String prefix() {
            return contents.prefix();
        }

        @Override
        public List<MigrationEntry> entries() {
            return List.of(entry.requiringSchema("").startingAtOnce());
        }

        @Override
        public Object create(int index) throws Exception {
            return contents.create(entry);
        }

        @Override
        public StateTables tables() {
            return contents.tables();
        }

        @Override
        public Dispatcher registry(Dispatcher dispatcher) {
            return dispatcher;
        }
    }
}
