package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.schema.IndexBuild;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.Rounds;
import org.asyncmigrations.state.StateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the progress of an index build in the status, while another connection builds it. Thread-safe. */
final class IndexProgress {
    private static final Logger LOG = LoggerFactory.getLogger(IndexProgress.class);

    /** People who watch it look again after a few seconds. */
    private static final Duration EACH = Duration.ofSeconds(1);

    private final StateStore store;
    private final Brakes brakes;
    private final Rounds.Round round;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    IndexProgress(StateStore store, Brakes brakes, Rounds rounds) {
        this.store = store;
        this.brakes = brakes;
        this.round = rounds.round(this::look);
    }

    /** A session that is watched until this object is closed. */
    final class Watch implements AutoCloseable {
        private final MigrationEntry entry;
        private final String sessionName;

        private Watch(MigrationEntry entry, String sessionName) {
            this.entry = entry;
            this.sessionName = sessionName;
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }

    /** Watches a session that may build an index. {@return the watch, which ends when it is closed} */
    Watch watch(MigrationEntry entry, String sessionName) {
        Watch watch = new Watch(entry, sessionName);
        watches.add(watch);
        round.within(EACH);
        return watch;
    }

    private @Nullable Duration look() {
        watches.forEach(this::show);
        return watches.isEmpty() ? null : EACH;
    }

    private void show(Watch watch) {
        try (Session session = store.connections().borrow()) {
            session.begin(Limits.STATE);
            String progress = IndexBuild.progress(
                    session.dsl(), Limits.STATE.named(watch.sessionName).sessionName());
            session.rollback();
            if (progress != null && watches.contains(watch)) {
                brakes.advances(session, watch.entry, progress);
            }
        } catch (SQLException | RuntimeException failure) {
            // Nothing depends on it.
            LOG.debug("{}: the progress of its index can't be read", watch.entry, failure);
        }
    }
}
