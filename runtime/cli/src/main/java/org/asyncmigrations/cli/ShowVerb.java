package org.asyncmigrations.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.State;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code show}. */
@Command(
        name = "show",
        description = "Shows everything about one migration: progress, full error, ranges, the last events.",
        footerHeading = "%nExample:%n",
        footer = "  async-migrations show 20261121_093000")
final class ShowVerb implements Callable<Integer> {
    private static final int EVENTS = 10;

    private final Root root;

    @Parameters(paramLabel = "MIGRATION", description = "Its version, such as 20261121_093000.")
    private VersionNumber version = new VersionNumber(0);

    ShowVerb(Root root) {
        this.root = root;
    }

    /** {@return a migration's status; throws with a sentence for people if there is none} */
    static MigrationStatus status(Operator operator, long version) {
        MigrationStatus status = operator.status().of(version);
        if (status == null) {
            throw new MigrationException(
                    version, "there is no migration " + MigrationEntry.written(version) + " in the state tables", null);
        }
        return status;
    }

    @Override
    public Integer call() {
        Operator operator = root.operator();
        MigrationStatus status = status(operator, version.value());
        List<RangeStatus> ranges = operator.ranges(version.value());
        List<RejectedRow> rejects = operator.rejects(version.value());
        List<MigrationEvent> events = operator.events(EventQuery.latest(EVENTS).of(version.value()));
        root.print(root.isJson() ? json(status, ranges, rejects, events) : text(status, ranges, rejects, events));
        return Exit.DONE;
    }

    private static String json(
            MigrationStatus status, List<RangeStatus> ranges, List<RejectedRow> rejects, List<MigrationEvent> events) {
        return Json.text(Json.object(
                "migration", Facts.of(status),
                "ranges", ranges.stream().map(Facts::of).toList(),
                "rejects", rejects.size(),
                "events", events.stream().map(Facts::of).toList()));
    }

    private String text(
            MigrationStatus status, List<RangeStatus> ranges, List<RejectedRow> rejects, List<MigrationEvent> events) {
        int width = root.width();
        List<String> lines = new ArrayList<>();
        lines.add(MigrationEntry.written(status.version()) + "  " + status.name());
        MigrationStatus.Progress progress = status.progress();
        add(lines, "state", StatusTable.state(status));
        add(lines, "phase", status.phase().name().toLowerCase(Locale.ROOT));
        add(lines, status.state() == State.FAILED ? "to do" : "waits", StatusTable.reason(status));
        add(lines, "rows", String.format(Locale.ROOT, "%,d changed", progress.rowsDone()));
        if (progress.rowsEstimated() > 0) {
            add(
                    lines,
                    "walked",
                    String.format(
                            Locale.ROOT,
                            "%,d of about %,d  %s",
                            progress.keysWalked(),
                            progress.rowsEstimated(),
                            StatusTable.share(status)));
        }
        String pace = StatusTable.pace(status.now().pace());
        add(lines, "pace", pace.isEmpty() ? null : pace);
        add(
                lines,
                "workers",
                status.now().owners().isEmpty()
                        ? null
                        : String.join(", ", status.now().owners()));
        add(lines, "attempts", status.attempts() == 0 ? null : status.attempts());
        add(lines, "started", time(progress.startedAt()));
        add(lines, "changed", time(status.now().lastProgressAt()));
        add(lines, "next try", time(status.now().nextAttemptAt()));
        add(lines, "gate open", time(status.now().gateOpenedAt()));
        add(lines, "tuning", tuning(status.now().tuning()));
        add(lines, "finished", time(progress.finishedAt()));
        add(
                lines,
                "rejects",
                rejects.isEmpty()
                        ? null
                        : rejects.size() + accepted(rejects) + "; async-migrations rejects "
                                + MigrationEntry.written(status.version()) + " lists them");
        if (status.error() != null) {
            lines.add(
                    "error\n" + Calls.asVerbs(status.error().strip()).indent(2).stripTrailing());
        }
        if (!ranges.isEmpty()) {
            lines.add("\n" + ranges(ranges).text(width));
        }
        lines.add("\n" + EventsVerb.table(events).text(width));
        return String.join("\n", lines);
    }

    private static String accepted(List<RejectedRow> rejects) {
        long accepted = rejects.stream().filter(row -> row.accepted() != null).count();
        return accepted == 0 ? "" : ", " + accepted + " of them accepted";
    }

    private static @Nullable String tuning(MigrationStatus.TuningStatus status) {
        int tooOld = status.tooOld();
        String followed = tooOld == 0 ? "" : "; " + tooOld + (tooOld == 1 ? " instance is" : " instances are");
        return status.tuning().isNone()
                ? null
                : status.tuning() + (tooOld == 0 ? "" : followed + " too old to follow it");
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : EventsVerb.time(time) + " UTC";
    }

    private static void add(List<String> lines, String name, @Nullable Object value) {
        if (value != null) {
            lines.add(String.format(Locale.ROOT, "%-9s  %s", name, value).stripTrailing());
        }
    }

    private static Table ranges(List<RangeStatus> ranges) {
        Table table = new Table("range", "behind", "at", "to", "rows", "last progress", "owner");
        for (RangeStatus range : ranges) {
            table.row(
                    Long.toString(range.number()),
                    range.from() == null ? "begin" : range.from(),
                    range.cursor() == null ? "" : range.cursor(),
                    range.to() == null ? "end" : range.to(),
                    String.format(Locale.ROOT, "%,d", range.rowsDone()),
                    EventsVerb.time(range.lastProgressAt()),
                    range.owner() == null ? "nobody" : range.owner());
            String pace = StatusTable.pace(range);
            if (!pace.isEmpty() && range.owner() != null) {
                table.note(pace);
            }
        }
        return table;
    }
}
