package org.asyncmigrations.throttle;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** How far the standbys of a PostgreSQL primary are behind, as the primary reports it. Used by one thread at a time. */
final class PrimaryLag implements Gauge {
    /**
     * Returns one row without a standby if there is none. Excludes base backups, which replay nothing, and logical subscribers,
     * whose position stands still while their own tables do.
     */
    private static final String STANDBYS = """
            select pg_has_role('pg_read_all_stats', 'usage'),
              (pg_current_wal_lsn() - '0/0')::bigint,
              standby.application_name,
              host(standby.client_addr),
              (standby.replay_lsn - '0/0')::bigint,
              (extract(epoch from standby.replay_lag) * 1000)::bigint
            from (select 1) as always
            left join (pg_stat_replication as standby
                left join pg_replication_slots as slot on slot.active_pid = standby.pid)
              on slot.slot_type is distinct from 'logical' and standby.replay_lsn is not null
            order by 3, 4""";

    private final LagLimit limit;
    private final Set<String> names;
    private final WalSamples samples;

    PrimaryLag(LagLimit limit, Set<String> names) {
        this.limit = limit;
        this.names = names;
        this.samples = new WalSamples(limit.most());
    }

    @Override
    public Answer read(ThrottleRun run) throws UnreadableException {
        long before = System.nanoTime();
        Result<Record> rows = rows(run);
        // The sample is stamped after the query and compared with the time before it, so no standby seems further
        // behind than it is.
        long end = rows.get(0).get(1, Long.class);
        samples.add(end, System.nanoTime());
        OptionalLong due = samples.due(before);
        return standbys(rows).stream()
                .filter(standby -> isBehind(standby, end, due))
                .findFirst()
                .map(standby -> limit.exceededBy(standby.toString()))
                .orElseGet(Answer::goOn);
    }

    private boolean isBehind(Standby standby, long end, OptionalLong due) {
        if (due.isPresent() && standby.replayed() < due.getAsLong()) {
            return true;
        }
        // PostgreSQL keeps showing its own value for a while after the standby has caught up.
        return standby.replayed() < end && standby.lag() != null && limit.isExceededBy(standby.lag());
    }

    private static Result<Record> rows(ThrottleRun run) throws UnreadableException {
        Result<Record> rows = PrimaryServer.read(
                run,
                STANDBYS,
                " does not show on the primary how far replicas lag; ask the replicas: replicationLag(replica, most)");
        if (!rows.get(0).get(0, Boolean.class)) {
            throw new UnreadableException("the database user cannot see how far standbys lag; grant it"
                    + " pg_read_all_stats (or pg_monitor)");
        }
        return rows;
    }

    private List<Standby> standbys(Result<Record> rows) {
        return rows.stream()
                .filter(row -> row.get(4) != null)
                .map(Standby::of)
                .filter(standby -> names.isEmpty() || names.contains(standby.name()))
                .toList();
    }

    private record Standby(
            String name,
            @Nullable String address,
            long replayed,
            @Nullable Duration lag) {
        static Standby of(Record row) {
            Long lagMillis = row.get(5, Long.class);
            return new Standby(
                    row.get(2, String.class),
                    row.get(3, String.class),
                    row.get(4, Long.class),
                    lagMillis == null ? null : Duration.ofMillis(lagMillis));
        }

        @Override
        public String toString() {
            return "standby " + name + (address == null ? "" : " at " + address);
        }
    }
}
