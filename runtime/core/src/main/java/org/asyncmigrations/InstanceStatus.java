package org.asyncmigrations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the application: a running registry, as recorded in the instances table. Immutable and thread-safe.
 *
 * @param id host, process and a random number
 * @param host the machine's full name, empty for unknown
 * @param application the application's name, empty for none
 * @param release the application's release, empty for none
 * @param build the hash of the migrations that it was built with
 * @param live whether its last heartbeat is less than 5 minutes old and it isn't closed
 * @param startedAt when it was registered
 * @param seenAt its last heartbeat
 * @param leavingAt when it was closed, null if it wasn't
 */
public record InstanceStatus(
        String id,
        String host,
        String application,
        String release,
        String build,
        boolean live,
        Instant startedAt,
        Instant seenAt,
        @Nullable Instant leavingAt) {}
