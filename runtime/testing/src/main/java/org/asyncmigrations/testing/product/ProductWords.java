package org.asyncmigrations.testing.product;

import java.util.List;
import java.util.Map;
import org.asyncmigrations.product.H2;
import org.asyncmigrations.product.MariaDb;
import org.asyncmigrations.product.MySql;
import org.asyncmigrations.product.Postgres;
import org.asyncmigrations.product.Product;
import org.jooq.DataType;
import org.jspecify.annotations.Nullable;

/** What the suite has to send to a product in its own words, and in what it is known to differ. Immutable. */
interface ProductWords {
    /** {@return the words for a product} */
    static ProductWords of(Product product) {
        if (product instanceof Postgres) {
            return new PostgresWords();
        }
        if (product instanceof MariaDb) {
            return new MariaDbWords();
        }
        if (product instanceof MySql) {
            return new MySqlWords();
        }
        if (product instanceof H2) {
            return new H2Words();
        }
        throw new IllegalStateException("write a class of words for " + product.name());
    }

    /** {@return facts that are not true of this product, each with the reason} */
    Map<String, String> differences();

    /** {@return what a schema is called in CREATE and DROP} */
    String schemaWord();

    /** {@return what drops a schema with all that is in it} */
    String cascade();

    /** {@return sets the session to a time zone with daylight saving time; if the server knows no such zone, to another than UTC} */
    List<String> otherZones();

    /** {@return asks for all settings that a transaction of ours may change} */
    String settings();

    /** {@return asks for the session's number, as {@link Product#blocker} tells it} */
    String sessionId();

    /** {@return ends another session; {@code %s} is its number} */
    String kill();

    /** {@return asks whether a session shows the name {@code %s}; null if sessions have no names} */
    @Nullable
    String showsName();

    /** {@return begins a transaction that can only read, null if there are none} */
    @Nullable
    String readOnly();

    /** {@return how to begin a transaction that is refused to change what others have changed since it read it; null for none} */
    @Nullable
    List<String> serializable();

    /** {@return makes a trigger that refuses to update rows of {@code %s}, with SQLSTATE UX001} */
    List<String> refusingTrigger();

    /** {@return what follows a foreign key that is checked at the commit, null for none} */
    @Nullable
    String deferred();

    /** {@return makes a user or role {@code %s} that has no right to our tables} */
    String createStranger();

    /** {@return turns the session into that user, null if only a new connection can} */
    @Nullable
    String becomeStranger();

    /** {@return drops it} */
    String dropStranger();

    /** {@return types that a table can be walked by} */
    List<KeySample> keys();

    /** {@return types that none can be walked by} */
    List<String> refusedKeys();

    /** {@return statements before {@link #keys} and {@link #refusedKeys}, which make their types} */
    default List<String> typesOfKeys() {
        return List.of();
    }

    /** {@return types that are written back beside those that all products have, and values} */
    default Map<DataType<?>, List<?>> values() {
        return Map.of();
    }

    /** {@return indexes on a table with id, a, b and s, and why they cannot be read in the order of (a, id); empty if they can} */
    List<IndexSample> indexes();

    /** {@return what drops the index k of {@code %s}} */
    String dropIndex();

    /** {@return brings the statistics of {@code %s} up to date} */
    String analyze();

    /**
     * A type that tables are walked by.
     *
     * @param type as CREATE TABLE has it
     * @param values literals' texts
     */
    record KeySample(String type, List<String> values) {}

    /**
     * An index.
     *
     * @param on what follows {@code create index k on t}
     * @param why a part of the reason, empty if it serves
     * @param then a statement after it, empty for none
     */
    record IndexSample(String on, String why, String then) {
        IndexSample(String on, String why) {
            this(on, why, "");
        }
    }
}
