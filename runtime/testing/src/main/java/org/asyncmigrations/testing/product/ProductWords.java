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

/** The SQL of the suite that is specific to a product, and the product's known differences. Immutable. */
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

    /** {@return facts that aren't true of this product, each with the reason} */
    Map<String, String> differences();

    /** {@return the keyword for a schema in CREATE and DROP} */
    String schemaWord();

    /** {@return the end of a statement that drops a schema with everything in it} */
    String cascade();

    /**
     * {@return statements that set the session to a time zone with daylight saving time; to another one than UTC if the server
     * knows none}
     */
    List<String> otherZones();

    /** {@return a query for all settings that our transactions may change} */
    String settings();

    /** {@return a query for the session's number, as in {@link Product#blocker}} */
    String sessionId();

    /** {@return a statement that ends another session; {@code %s} is its number} */
    String kill();

    /** {@return a query for whether a session has the name {@code %s}; null if sessions have no names} */
    @Nullable
    String showsName();

    /** {@return a statement that begins a read-only transaction, null if there are none} */
    @Nullable
    String readOnly();

    /** {@return statements that begin a transaction which may not change what others have changed since it read it; null for none} */
    @Nullable
    List<String> serializable();

    /** {@return statements that create a trigger which refuses to update rows of {@code %s}, with SQLSTATE UX001} */
    List<String> refusingTrigger();

    /** {@return the end of the definition of a foreign key that is checked at the commit, null for none} */
    @Nullable
    String deferred();

    /** {@return a statement that creates a user or role {@code %s} without rights to our tables} */
    String createStranger();

    /** {@return a statement that makes the session that user's, null if only a new connection can} */
    @Nullable
    String becomeStranger();

    /** {@return a statement that drops it} */
    String dropStranger();

    /** {@return types that a table can be walked by} */
    List<KeySample> keys();

    /** {@return types that no table can be walked by} */
    List<String> refusedKeys();

    /** {@return statements that create the types of {@link #keys} and {@link #refusedKeys}} */
    default List<String> typesOfKeys() {
        return List.of();
    }

    /** {@return types and values that can be written back, besides those that all products have} */
    default Map<DataType<?>, List<?>> values() {
        return Map.of();
    }

    /** {@return indexes on a table with id, a, b and s, and why they don't fit the order of (a, id); empty if they do} */
    List<IndexSample> indexes();

    /** {@return a statement that drops the index k of {@code %s}} */
    String dropIndex();

    /** {@return a statement that updates the statistics of {@code %s}} */
    String analyze();

    /**
     * A type that tables are walked by.
     *
     * @param type as in CREATE TABLE
     * @param values texts of literals
     */
    record KeySample(String type, List<String> values) {}

    /**
     * An index.
     *
     * @param on what follows {@code create index k on t}
     * @param why a part of the reason, empty if it fits
     * @param then a statement after it, empty for none
     */
    record IndexSample(String on, String why, String then) {
        IndexSample(String on, String why) {
            this(on, why, "");
        }
    }
}
