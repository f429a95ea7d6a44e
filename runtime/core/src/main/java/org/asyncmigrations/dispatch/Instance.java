package org.asyncmigrations.dispatch;

import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.Rounds;
import org.jspecify.annotations.Nullable;

/** The parts of a registry in this process. The expensive ones are created when first needed. Thread-safe. */
final class Instance {
    private final Settings settings;
    private final MigrationSet contents;
    private final Connections connections;
    private final Progress progress;
    private final Closing closing;
    private final Rounds rounds;
    private final SteadyState steadyState;
    private volatile @Nullable InstanceContext context;
    private volatile @Nullable Engine engine;

    Instance(
            Settings settings,
            MigrationSet contents,
            Connections connections,
            Progress progress,
            Closing closing,
            Rounds rounds) {
        this.rounds = rounds;
        this.settings = settings;
        this.contents = contents;
        this.connections = connections;
        this.progress = progress;
        this.closing = closing;
        this.steadyState = new SteadyState(connections, schema(contents, connections), contents.prefix());
    }

    /** {@return the schema named for the state tables, empty for the connection's default} */
    private static String schema(MigrationSet contents, Connections connections) {
        String chosen = connections.stateSchema();
        return chosen == null ? contents.schema() : chosen;
    }

    Settings settings() {
        return settings;
    }

    MigrationSet contents() {
        return contents;
    }

    Connections connections() {
        return connections;
    }

    Progress progress() {
        return progress;
    }

    Closing closing() {
        return closing;
    }

    SteadyState steadyState() {
        return steadyState;
    }

    /**
     * {@return this instance's name, row and state tables} Created in the background, since finding the host name may query the
     * network.
     */
    InstanceContext context() {
        InstanceContext made = context;
        if (made == null) {
            synchronized (this) {
                made = context;
                if (made == null) {
                    made = InstanceContext.of(
                            settings, contents, connections, new InstanceContext.Ears(closing, progress.activity()));
                    context = made;
                }
            }
        }
        return made;
    }

    /** {@return the engine} Created when there is work or somebody needs it. A start that finds everything done doesn't need it. */
    Engine engine() {
        Engine made = engine;
        if (made == null) {
            synchronized (this) {
                made = engine;
                if (made == null) {
                    made = Engine.of(settings, contents, context(), progress, rounds);
                    engine = made;
                }
            }
        }
        return made;
    }

    /** {@return the engine, null if nothing has needed it yet} */
    @Nullable
    Engine engineIfMade() {
        return engine;
    }
}
