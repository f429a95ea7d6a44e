package org.asyncmigrations.throttle;

import org.jooq.Record;

/**
 * How much a PostgreSQL server has written to its WAL since its last checkpoint began, as a share of {@code max_wal_size}. While the
 * next checkpoint runs, the volume since the one before counts, since only a finished checkpoint lets the server reuse WAL.
 *
 * @param most the largest share, more than 0 and at most 1
 */
record WalVolume(double most) implements Gauge {
    private static final String VOLUME = """
            select (pg_current_wal_insert_lsn() - redo_lsn)::bigint, pg_size_bytes(current_setting('max_wal_size')),
              current_setting('max_wal_size')
            from pg_control_checkpoint()""";

    WalVolume {
        // Written this way so that NaN is refused too.
        if (!(most > 0 && most <= 1)) {
            throw new IllegalArgumentException("walVolume must be more than 0 and at most 1, but is " + most);
        }
    }

    @Override
    public Answer read(ThrottleRun run) throws UnreadableException {
        Record row = PrimaryServer.read(run, VOLUME, " has no WAL with checkpoints that its volume forces")
                .get(0);
        return row.get(0, Long.class) <= most * row.get(1, Long.class)
                ? Answer.goOn()
                : Answer.notNow("the server has written more than " + Percent.of(most) + " of max_wal_size ("
                        + row.get(2, String.class) + ") since its last finished checkpoint");
    }
}
