package org.asyncmigrations.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code events}. */
@Command(
        name = "events",
        description = "Shows what has happened, newest last: who did what, and why.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  async-migrations events --version 20261121_093000",
            "  async-migrations events --follow | jq 'select(.to == \"failed\")'"
        })
final class EventsVerb implements Callable<Integer> {
    /** More events than occur in a minute, since the last minute is read again and again. */
    private static final int REMEMBERED = 100_000;

    private final Root root;

    @Option(names = "--version", paramLabel = "MIGRATION", description = "Only those of this migration.")
    private @Nullable VersionNumber version;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--follow",
            description = "Keep showing new events until Ctrl-C, each as a JSON object on its own line.")
    private boolean follow;

    EventsVerb(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        Operator operator = root.operator();
        if (follow) {
            follow(operator);
            return Exit.DONE;
        }
        List<MigrationEvent> events = operator.events(query(EventQuery.latest(limit)));
        root.print(
                root.isJson()
                        ? Json.text(Json.object(
                                "events", events.stream().map(Facts::of).toList()))
                        : events.isEmpty() ? "no events" : table(events).text(root.width()));
        return Exit.DONE;
    }

    private EventQuery query(EventQuery query) {
        return version == null ? query : query.of(version.value());
    }

    /** Reads on from the last event. The ids show which ones were already written. */
    private void follow(Operator operator) throws InterruptedException {
        Set<String> written = Collections.newSetFromMap(new Remembered());
        Poll poll = new Poll(root.terminal());
        List<MigrationEvent> page = poll.ask(() -> operator.events(query(EventQuery.latest(limit))));
        Instant begin = page.isEmpty() ? Instant.EPOCH : page.get(0).at();
        EventQuery next = query(EventQuery.since(begin));
        while (!root.terminal().out().checkError()) {
            boolean isNew = false;
            for (MigrationEvent event : page) {
                if (!event.at().isBefore(begin) && written.add(event.id())) {
                    root.print(Json.text(Facts.of(event)));
                    isNew = true;
                }
                next = query(EventQuery.since(event.id()));
            }
            if (!isNew) {
                poll.pause();
            }
            EventQuery query = next;
            page = poll.ask(() -> operator.events(query));
        }
    }

    static Table table(List<MigrationEvent> events) {
        Table table = new Table("time (UTC)", "migration", "event", "who");
        for (MigrationEvent event : events) {
            table.row(
                    time(event.at()),
                    event.version() == 0 ? "all" : MigrationEntry.written(event.version()),
                    event.event(),
                    event.who());
            if (event.detail() != null && !event.detail().isBlank()) {
                table.note(Calls.asVerbs(event.detail().lines().findFirst().orElse("")));
            }
        }
        return table;
    }

    /** {@return a time in UTC, to the second} */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }

    /** Remembers the newest ids. */
    private static final class Remembered extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
