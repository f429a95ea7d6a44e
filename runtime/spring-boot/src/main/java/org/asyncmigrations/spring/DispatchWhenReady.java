package org.asyncmigrations.spring;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Dispatches when the application is ready. As a job, it then waits for the work and ends the process.
 *
 * @param beans the registries
 * @param properties says when to dispatch, and how long a job waits
 * @param exit ends the process
 */
record DispatchWhenReady(RegistryBeans beans, AsyncMigrationsProperties properties, JobExit exit)
        implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchWhenReady.class);

    /**
     * The exit code of a registry with a failed migration. It wins over the other codes, because another run alone doesn't help.
     */
    private static final int FAILED = 1;

    /** Ignores events of child contexts, which Spring also publishes to their parents. */
    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() != beans.context() || properties.dispatch() == DispatchTime.MANUAL) {
            return;
        }
        List<Dispatch> dispatches =
                beans.all().values().stream().map(MigrationRegistry::dispatch).toList();
        if (properties.dispatch() == DispatchTime.JOB) {
            int code = exitCode(dispatches);
            exit.exit(SpringApplication.exit(ready.getApplicationContext(), () -> code));
        }
    }

    private int exitCode(List<Dispatch> dispatches) {
        int code = 0;
        for (Dispatch dispatch : dispatches) {
            await(dispatch);
            int own = dispatch.exitCode();
            LOG.info("async migrations: {} (exit code {})", dispatch.message(), own);
            code = code == FAILED || own == FAILED ? FAILED : Math.max(code, own);
        }
        return code;
    }

    private void await(Dispatch dispatch) {
        Duration timeout = properties.jobTimeout();
        try {
            if (timeout == null) {
                dispatch.await();
            } else {
                dispatch.awaitDone(timeout);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
