package org.asyncmigrations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the application: a running registry, as it has written itself down. Immutable, and so safe for threads.
 *
 * @param id host, process and a random number
 * @param host the machine's name in full, empty for unknown
 * @param application the application's name, empty for none
 * @param release the application's release, empty for none
 * @param build the hash of the migrations that it was built with
 * @param live whether it was heard of in the last 5 minutes and was not closed
 * @param startedAt when it was registered
 * @param seenAt its last heartbeat
 * @param leavingAt when it was closed, null for one that was not
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
