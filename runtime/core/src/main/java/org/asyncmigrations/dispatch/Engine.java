package org.asyncmigrations.dispatch;

import java.util.function.LongSupplier;
import org.asyncmigrations.batch.Frontier;
import org.asyncmigrations.batch.KeySpaces;
import org.asyncmigrations.batch.Planner;
import org.asyncmigrations.batch.RejectWork;
import org.asyncmigrations.batch.RetryLoop;
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.batch.Tunings;
import org.asyncmigrations.batch.Walker;
import org.asyncmigrations.release.GateKeeper;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.release.SchemaHistory;
import org.asyncmigrations.state.ClaimRenewal;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.Rounds;
import org.asyncmigrations.state.StateStore;

/** What does the work of a dispatcher. Created when there is work. Immutable and thread-safe. */
record Engine(
        StateStore store,
        Stepper stepper,
        Attempts attempts,
        ClaimRenewal renewal,
        Plans plans,
        Registration registration,
        SchemaHistory schema) {
    static Engine of(
            Settings settings, MigrationSet contents, InstanceContext context, Progress progress, Rounds rounds) {
        Stop stop = progress.stop();
        StateStore store = context.store();
        Presence presence = context.presence();
        ClaimRenewal renewal = new ClaimRenewal(store, settings.times().claim(), rounds);
        LongSupplier nanoTime = settings::nanoTime;
        Tunings tunings = new Tunings(store, settings.maxWorkers(), nanoTime);
        Brakes brakes = new Brakes(store, settings.throttles(), progress, tunings, nanoTime);
        OldSessions oldSessions = new OldSessions(store);
        RetryLoop loop = new RetryLoop(store, oldSessions, brakes, stop, rounds);
        Attempts attempts = new Attempts(store, settings, renewal, stop, oldSessions, loop, brakes);
        Claims claims = new Claims(store, settings, context.instance(), oldSessions, tunings);
        KeySpaces spaces = new KeySpaces(store);
        BatchRun batches = new BatchRun(
                store,
                attempts,
                new BatchRun.Walks(
                        new Frontier(store, spaces, tunings),
                        new Walker(
                                new Walker.Parts(
                                        store, renewal, stop, loop, spaces, brakes, tunings, nanoTime, context::tell),
                                settings.walk()),
                        new RejectRun(
                                store,
                                attempts,
                                new RejectWork(spaces),
                                settings.times().claim())),
                claims,
                tunings);
        GateKeeper keeper = new GateKeeper(store, settings.gating().terms(), presence.build(), nanoTime);
        SchemaHistory schema = new SchemaHistory(store.connections(), settings.schemaTables(), contents.schema());
        Stepper.Parts parts = new Stepper.Parts(
                store,
                presence,
                new Stepper.Gating(keeper, new Sealing(store, keeper, presence.build()), schema),
                brakes,
                new Starts(contents, claims, new WorkedTables(store), brakes, settings.concurrentMigrations()),
                new Runs(
                        contents,
                        progress,
                        store,
                        claims,
                        new Runs.Ways(
                                attempts,
                                new RetiredColumns(attempts, brakes, contents, settings.newDatabase()),
                                batches,
                                new DataRun(attempts),
                                new SchemaRun(
                                        attempts,
                                        new SchemaRun.Shown(
                                                brakes, loop.locks(), new IndexProgress(store, brakes, rounds)),
                                        settings,
                                        stop,
                                        contents))));
        return new Engine(
                store,
                new Stepper(settings, contents, parts, progress),
                attempts,
                renewal,
                new Plans(contents, store, new Planner(settings.walk())),
                new Registration(store, presence, settings.newDatabase()),
                schema);
    }
}
