package org.asyncmigrations.benchmarks.backfill.way;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * What a way is to do, and with what.
 *
 * @param pool connections to the database
 * @param mariaDb whether it is MariaDB, else it is PostgreSQL
 * @param rows how many there are; their keys are 1 to this
 * @param batch how many keys the loops written by hand take at once
 * @param target the {@code targetBatchTime}, zero for the default
 * @param trace is told each batch
 */
record Filling(DataSource pool, boolean mariaDb, long rows, int batch, Duration target, Trace trace) {
    /** The keys above one and up to another. */
    record Keys(long after, long upTo) {}

    /** All keys in so many stretches of one length. */
    List<Keys> stretches(int number) {
        return LongStream.range(0, number)
                .mapToObj(i -> new Keys(rows * i / number, rows * (i + 1) / number))
                .toList();
    }
}
