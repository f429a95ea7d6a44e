package org.asyncmigrations.example.threereleases.driver;

import java.io.IOException;
import java.util.List;

/** Starts, replaces, ends and kills instances, as a platform does. Used by one thread. */
final class Rollout {
    private final Plan plan;
    private final String url;
    private final Balancer balancer;
    private final Migrations migrations;
    private final Timeline timeline;

    Rollout(Plan plan, String url, Balancer balancer, Migrations migrations, Timeline timeline) {
        this.plan = plan;
        this.url = url;
        this.balancer = balancer;
        this.migrations = migrations;
        this.timeline = timeline;
    }

    /** Starts an instance, and sends it requests once it is ready. */
    void start(Release release) throws IOException, InterruptedException {
        Instance instance = Instance.start(
                release, List.of(url, plan.claim().toString(), plan.settle().toString()));
        if (!instance.isReady()) {
            instance.end();
            throw new IllegalStateException(release + " did not start: " + instance.lastWords());
        }
        balancer.join(instance);
        timeline.say(instance + " of " + release + " serves");
    }

    /**
     * Replaces instances of other releases, the oldest first, until there are this many. The new one serves before the old one leaves.
     */
    void replace(int number, Release release) throws IOException, InterruptedException {
        List<Instance> others = balancer.serving().stream()
                .filter(instance -> !instance.release().equals(release))
                .toList();
        for (Instance other : others) {
            if (balancer.serving(release.number()) < number) {
                start(release);
            }
            if (balancer.serving().size() > plan.instances()) {
                end(other);
            }
        }
    }

    private void end(Instance instance) throws IOException, InterruptedException {
        balancer.leave(instance);
        if (!instance.end()) {
            throw new IllegalStateException(instance + " of " + instance.release() + " did not end well");
        }
        timeline.say(instance + " of " + instance.release() + " has ended");
    }

    /** Kills the instance that works on a migration. It may be in the middle of a statement, but not of a request. */
    void kill(String migration) throws IOException, InterruptedException {
        Instance worker = worker(migration);
        balancer.leave(worker);
        worker.kill();
        migrations.forget(worker.pid());
        if (migrations.isDone(migration)) {
            throw new IllegalStateException(worker + " was killed too late: " + migration + " is done");
        }
        timeline.say("kill -9 " + worker + " of " + worker.release() + ", in the middle of " + migration);
    }

    private Instance worker(String migration) {
        while (!migrations.isDone(migration)) {
            List<String> workers = migrations.workers(migration);
            for (Instance instance : balancer.serving()) {
                if (workers.stream().anyMatch(worker -> worker.contains(":" + instance.pid() + ":"))) {
                    return instance;
                }
            }
        }
        throw new IllegalStateException("nobody can be killed any more: " + migration + " is done");
    }
}
