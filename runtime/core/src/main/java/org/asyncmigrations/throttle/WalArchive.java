package org.asyncmigrations.throttle;

import org.jooq.Record;

/**
 * How many WAL files of a PostgreSQL server wait for the archive.
 *
 * @param most how many may wait
 */
record WalArchive(int most) implements Gauge {
    private static final String WAITING = """
            select current_setting('archive_mode') <> 'off',
              (select count(*) from pg_ls_archive_statusdir() where name like '%.ready')""";

    WalArchive {
        if (most < 1) {
            throw new IllegalArgumentException("walArchive must be at least 1 file, but is " + most);
        }
    }

    @Override
    public Answer read(ThrottleRun run) throws UnreadableException {
        Record row =
                PrimaryServer.read(run, WAITING, " has no archive of WAL files").get(0);
        if (!row.get(0, Boolean.class)) {
            throw new UnreadableException("the server archives nothing (archive_mode is off)");
        }
        return row.get(1, Long.class) <= most
                ? Answer.goOn()
                : Answer.notNow("more than " + most + " WAL files wait for the archive");
    }
}
