package org.asyncmigrations.console;

import java.time.Instant;
import java.util.List;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a page needs to be written.
 *
 * @param request the request
 * @param link what it asks for
 * @param registry the registry, null for the list of all
 * @param isOnly whether there is no other registry
 * @param authorizer decides who may do what
 * @param now the time
 */
record View(
        ConsoleRequest request,
        Link link,
        @Nullable WatchedRegistry registry,
        boolean isOnly,
        Authorizer authorizer,
        Instant now) {
    WatchedRegistry here() {
        if (registry == null) {
            throw new IllegalStateException("a page of one registry without it");
        }
        return registry;
    }

    /** {@return the link to the migrations of this registry; without its name if it is the only one} */
    Link home() {
        return isOnly ? Link.HOME : Link.registry(here().name());
    }

    Link to(String page) {
        return home().with("view", page);
    }

    Link to(long version) {
        return home().with("migration", MigrationEntry.written(Math.abs(version)));
    }

    boolean allows(Order order, long version) {
        return !request.principal().isBlank() && authorizer.allows(request.principal(), here().name(), order, version);
    }

    List<MigrationEvent> events(EventQuery query) {
        return here().operator().events(query);
    }
}
