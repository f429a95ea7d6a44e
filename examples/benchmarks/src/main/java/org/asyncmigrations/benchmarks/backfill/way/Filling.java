package org.asyncmigrations.benchmarks.backfill.way;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * The work of a way, and what it needs.
 *
 * @param pool connections to the database
 * @param mariaDb whether it is MariaDB; otherwise it is PostgreSQL
 * @param rows how many rows there are; their keys are 1 to this number
 * @param batch how many keys the loops written by hand take in a batch
 * @param target the {@code targetBatchTime}, zero for the default
 * @param trace records each batch
 */
record Filling(DataSource pool, boolean mariaDb, long rows, int batch, Duration target, Trace trace) {
    /** The keys after one key, up to another. */
    record Keys(long after, long upTo) {}

    /** {@return all keys, split into this number of sections of the same length} */
    List<Keys> stretches(int number) {
        return LongStream.range(0, number)
                .mapToObj(i -> new Keys(rows * i / number, rows * (i + 1) / number))
                .toList();
    }
}
