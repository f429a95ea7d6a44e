package org.asyncmigrations.dispatch;

import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.Rounds;
import org.jspecify.annotations.Nullable;

/** What a registry works with in this process; what takes time to make is made when it is first needed. Safe for threads. */
final class Instance {
    private final Settings settings;
    private final Contents contents;
    private final Connections connections;
    private final Progress progress;
    private final Closing closing;
    private final Rounds rounds;
    private final SteadyState steadyState;
    private volatile @Nullable Ground ground;
    private volatile @Nullable Engine engine;

    Instance(
            Settings settings,
            Contents contents,
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

    /** {@return the schema that is named for the state tables, empty for the connections' own} */
    private static String schema(Contents contents, Connections connections) {
        String chosen = connections.stateSchema();
        return chosen == null ? contents.schema() : chosen;
    }

    Settings settings() {
        return settings;
    }

    Contents contents() {
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

    /** {@return the row of this instance and the state tables; made in the background, since the host's name may be a question to the network} */
    Ground ground() {
        Ground made = ground;
        if (made == null) {
            synchronized (this) {
                made = ground;
                if (made == null) {
                    made = Ground.of(settings, contents, connections, new Ground.Ears(closing, progress.activity()));
                    ground = made;
                }
            }
        }
        return made;
    }

    /** {@return what works; made when there is work, or somebody asks: a start that finds all done has no use for it} */
    Engine engine() {
        Engine made = engine;
        if (made == null) {
            synchronized (this) {
                made = engine;
                if (made == null) {
                    made = Engine.of(settings, contents, ground(), progress, rounds);
                    engine = made;
                }
            }
        }
        return made;
    }

    /** {@return what works, null while nobody has needed it} */
    @Nullable
    Engine engineIfMade() {
        return engine;
    }
}
