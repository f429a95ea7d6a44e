package org.asyncmigrations.spring;

import java.util.List;
import org.asyncmigrations.MigrationRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Calls {@code arrive()} before the web server accepts requests, stops the work when the context begins to close, and closes the
 * registries after the web server and the executors have stopped. Thread-safe.
 */
final class RegistryLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
    /** Starts before, and stops after, everything that has one of Spring's phases: web server, executors, schedulers. */
    private static final int PHASE = -1024;

    private final RegistryBeans beans;
    private List<MigrationRegistry> started = List.of();

    RegistryLifecycle(RegistryBeans beans) {
        this.beans = beans;
    }

    @Override
    public synchronized void start() {
        beans.context().getBeansOfType(SpringServices.class).values().forEach(SpringServices::requireAllBeans);
        List<MigrationRegistry> found = List.copyOf(beans.required().values());
        found.forEach(MigrationRegistry::arrive);
        started = found;
    }

    /** Ignores events of child contexts, which Spring also publishes to their parents. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == beans.context()) {
            registries().forEach(MigrationRegistry::stopWork);
        }
    }

    @Override
    public void stop() {
        registries().forEach(MigrationRegistry::close);
        started(List.of());
    }

    private synchronized List<MigrationRegistry> registries() {
        return started;
    }

    private synchronized void started(List<MigrationRegistry> registries) {
        started = registries;
    }

    @Override
    public boolean isRunning() {
        return !registries().isEmpty();
    }

    /** Migrations continue while Spring's test framework keeps the context in its cache. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
