package org.asyncmigrations.dispatch;

import java.util.List;
import java.util.function.Consumer;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationRegistry;
import org.jspecify.annotations.Nullable;

/** Calls each listener, even if an earlier one has failed, and then throws the first failure. Immutable and thread-safe. */
record Listeners(List<DispatchListener> all) implements DispatchListener {
    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void onBuilt(MigrationRegistry registry) {
        all.forEach(listener -> listener.onBuilt(registry));
    }

    @Override
    public void onEvent(MigrationEvent event) {
        tell(listener -> listener.onEvent(event));
    }

    @Override
    public void onBatch(BatchEvent batch) {
        tell(listener -> listener.onBatch(batch));
    }

    @Override
    public void onClosed() {
        tell(DispatchListener::onClosed);
    }

    private void tell(Consumer<DispatchListener> call) {
        Throwable failed = null;
        for (DispatchListener listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException | Error failure) {
                failed = failed == null ? failure : failed;
            }
        }
        rethrow(failed);
    }

    private static void rethrow(@Nullable Throwable failed) {
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException failure) {
            throw failure;
        }
    }
}
