package org.asyncmigrations.dispatch;

import java.time.Duration;

/** Work without a registry, for tests of its callers. */
abstract class IdleWork implements Work {
    private final int threads;

    IdleWork(int threads) {
        this.threads = threads;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String build() {
        return "build";
    }

    @Override
    public boolean isLive(String build) {
        return true;
    }

    @Override
    public boolean isStopped() {
        return false;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Duration pollEvery() {
        return Duration.ofMillis(1);
    }

    @Override
    public void awaitChange(Duration time) {
        // Nothing changes here.
    }

    @Override
    public void onChange(Runnable listener) {
        // Nothing changes here.
    }
}
