package org.asyncmigrations.dispatch;

import org.asyncmigrations.Dispatch;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.Mode;

/** What every generated registry hands its calls on to. Safe for threads. */
public final class Dispatcher implements MigrationRegistry {
    Dispatcher() {}

    @Override
    public Dispatch dispatch() {
        throw new IllegalStateException();
    }

    @Override
    public Dispatch dispatch(Mode mode) {
        throw new IllegalStateException();
    }

    @Override
    public DispatchStatus status() {
        throw new IllegalStateException();
    }

    @Override
    public MigrationHandle migration(long version) {
        throw new IllegalStateException();
    }

    @Override
    public void close() {}
}
