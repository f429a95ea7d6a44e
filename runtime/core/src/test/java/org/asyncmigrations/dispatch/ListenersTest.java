package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;

/** Several listeners of one registry. */
class ListenersTest {
    private final List<String> told = new ArrayList<>();

    /** Records the events, and throws at each. */
    private final class Failing implements DispatchListener {
        private MigrationRegistry built;

        @Override
        public void onBuilt(MigrationRegistry registry) {
            built = registry;
        }

        @Override
        public void onEvent(MigrationEvent event) {
            throw new AssertionError("the alarm is away");
        }

        @Override
        public void onClosed() {
            told.add("closed");
            throw new IllegalStateException("the alarm is away");
        }
    }

    @Test
    void eachListenerIsToldOfTheRegistryAllEventsAndTheClose() {
        try (var fresh = TestDatabase.H2.fresh()) {
            var worker = new ManualWorker();
            var first = new Failing();
            var second = new Failing();
            try (var registry = new TestCatalog()
                    .data(1, run -> {})
                    .on(fresh.dataSource())
                    .listener(first)
                    .listener(event -> told.add(event.event()))
                    .listener(second)
                    .worker(worker)
                    .build()) {
                assertThat(first.built).isSameAs(registry).isSameAs(second.built);
                registry.dispatch();
                worker.untilIdle();
            }
            assertThat(told).containsExactly("registered", "ready", "started", "done", "closed", "closed");
        }
    }
}
