package org.asyncmigrations.spring;

import java.util.List;
import org.asyncmigrations.MigrationRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Arrives before the web server serves, ends the work when the context begins to close, and closes behind the web server and the
 * executors. Safe for threads.
 */
final class RegistryLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
    /** Started before, and stopped behind, all that has a phase of Spring's: web server, executors, schedulers. */
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

    /** A child's event reaches its parents too. */
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

    /** A context that tests keep for later goes on with its migrations. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
