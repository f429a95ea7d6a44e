package org.asyncmigrations.example.tenants;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.dispatch.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Migrates tenants, a few at a time, each with a registry of its own. A tenant that isn't done at the end of its turn continues
 * in a later turn. Used once.
 */
final class Job {
    private final Directory directory;
    private final Plan plan;
    private final Consumer<Result> told;
    private final Map<String, Result> results = new TreeMap<>();
    private final long begin = System.nanoTime();
    private final Workers workers;

    /**
     * A run.
     *
     * @param told gets the result of each turn, on the thread that worked in it
     */
    Job(Directory directory, Plan plan, Consumer<Result> told) {
        this.directory = directory;
        this.plan = plan;
        this.told = told;
        // So that no registry can occupy all threads of the pool: with one more, each registry has one.
        this.workers = Workers.shared(plan.limits().tenants() + 1);
    }

    Summary run() throws InterruptedException, ExecutionException {
        requireKnown();
        ExecutorService places = Executors.newFixedThreadPool(plan.limits().tenants());
        try {
            for (List<Callable<Result>> round = round(); !round.isEmpty(); round = round()) {
                for (Future<Result> turn : places.invokeAll(round)) {
                    results.put(turn.get().tenant(), turn.get());
                }
            }
            return new Summary(List.copyOf(results.values()));
        } finally {
            places.shutdownNow();
            workers.close();
        }
    }

    /** Without this check, a misspelled name would be a run over no tenant that ends with 0. */
    private void requireKnown() {
        Set<String> unknown = new TreeSet<>(plan.tenants());
        directory.tenants().forEach(tenant -> unknown.remove(tenant.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the directory has no tenant " + String.join(", ", unknown));
        }
    }

    /**
     * {@return turns for the tenants that had none yet, such as new ones, and for those that weren't done at the end of theirs}
     */
    private List<Callable<Result>> round() {
        return directory.tenants().stream()
                .filter(plan::names)
                .filter(tenant -> wantsTurn(results.get(tenant.name())))
                .map(tenant -> (Callable<Result>) () -> turn(tenant))
                .toList();
    }

    private boolean wantsTurn(@Nullable Result last) {
        return last == null || last.isUnderWay() && !timeLeft().isZero();
    }

    private Result turn(Tenant tenant) throws InterruptedException {
        Result result;
        try {
            result = migrate(tenant);
        } catch (RuntimeException failure) {
            // It can't be reached, or this build is too old for it. The other tenants continue.
            result = Result.failed(tenant.name(), failure);
        }
        told.accept(result);
        return result;
    }

    private Result migrate(Tenant tenant) throws InterruptedException {
        try (HikariDataSource pool = tenant.pool();
                AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(pool)
                        .worker(workers.worker())
                        .threads(1)
                        .drainTime(Duration.ZERO)
                        .build()) {
            if (plan.retry()) {
                retry(migrations);
            }
            Dispatch dispatch = migrations.dispatch(plan.mode());
            dispatch.await(shorter(plan.limits().turn(), timeLeft()));
            return Result.of(tenant.name(), dispatch, migrations.status());
        }
    }

    private static void retry(AsyncMigrationRegistry migrations) {
        migrations.entries().stream()
                .map(MigrationEntry::version)
                .map(migrations::migration)
                .filter(migration -> migration.state() == State.FAILED)
                .forEach(migration -> migration.retry());
    }

    private Duration timeLeft() {
        Duration left = plan.limits().time().minusNanos(System.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
