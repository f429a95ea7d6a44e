package org.asyncmigrations.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.schema.InnoDbCatalog.Trigger;
import org.asyncmigrations.schema.InnoDbTriggerBody.Event;

/**
 * The two triggers that keep both sides of a column in step on MariaDB. They fire after those that were there before. Each has a hash of the
 * declaration in its text, by which it is recognized. Used by one thread.
 *
 * @param there all triggers of the table
 */
record InnoDbTriggers(InnoDbCatalog catalog, SchemaText text, Sides sides, String old, List<Trigger> there) {
    static final String PREFIX = "async_migrations_";

    /** Of a name's 64 characters, without the prefix, a hash and the event. */
    private static final int LONGEST_COLUMN = 31;

    static InnoDbTriggers of(InnoDbCatalog catalog, SchemaText text, Sides sides, String old) {
        InnoDbTriggers triggers = new InnoDbTriggers(catalog, text, sides, old, catalog.triggers());
        for (Event event : Event.values()) {
            triggers.found(event).ifPresent(triggers::requireOurs);
        }
        return triggers;
    }

    String name(Event event) {
        String column = old.length() <= LONGEST_COLUMN ? old + "_" : "";
        return PREFIX + column + StepHash.ofColumn(catalog.table(), old) + "_"
                + event.name().toLowerCase(Locale.ROOT);
    }

    Optional<Trigger> found(Event event) {
        return there.stream().filter(one -> one.name().equals(name(event))).findFirst();
    }

    boolean areThere() {
        return found(Event.UPDATE).isPresent() && found(Event.INSERT).isPresent();
    }

    private void requireOurs(Trigger trigger) {
        if (!trigger.text().contains("default '" + StepHash.of(text, sides, old) + "'")) {
            throw new ReplacedColumn(text, sides, old).otherDefinition("trigger " + trigger.name());
        }
    }

    private String path(Event event) {
        return text.quoted(catalog.schema()) + "." + text.quoted(name(event));
    }

    String create(Event event, InnoDbTriggerBody body) {
        return "create trigger " + path(event) + " before " + event.name().toLowerCase(Locale.ROOT) + " on "
                + text.table() + " for each row " + body.lines(event);
    }

    String drop(Event event) {
        return "drop trigger if exists " + path(event);
    }
}
