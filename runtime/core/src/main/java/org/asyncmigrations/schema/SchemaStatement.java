package org.asyncmigrations.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One statement of a schema change. Immutable, and so safe for threads.
 *
 * @param way how it is sent
 * @param sql the statement, without the words that follow
 * @param endings what may follow it, the best first: the next one is for a server that refuses the one before; one that is empty if
 *     nothing follows
 * @param settings what the session is set to while it runs, by name
 */
public record SchemaStatement(Way way, String sql, List<String> endings, Map<String, String> settings) {
    /** How a statement is sent. */
    public enum Way {
        /**
         * In a transaction, whose last statement shows that the claim still holds. It may lock everybody out, since it reads no row and
         * is over in a moment.
         */
        AT_ONCE,
        /** In such a transaction too, but it may take long, since it blocks neither reads nor writes. */
        IN_TRANSACTION,
        /** By itself, because it refuses a transaction or commits one. */
        ALONE,
        /** A query for a row that breaks a constraint, which new rows can't. An attempt that has found none doesn't look again. */
        MUST_FIND_NONE,
        /** A query for a row of which something would be lost by the statements that follow. Neither is it sent twice. */
        MUST_LOSE_NONE;

        /** {@return whether it is a query that must find nothing} */
        public boolean isQuery() {
            return this == MUST_FIND_NONE || this == MUST_LOSE_NONE;
        }
    }

    /**
     * Copies the collections.
     *
     * @param way how it is sent
     * @param sql the statement
     * @param endings what may follow it
     * @param settings what the session is set to
     */
    public SchemaStatement {
        endings = List.copyOf(endings);
        settings = Map.copyOf(settings);
    }

    static SchemaStatement atOnce(String sql) {
        return new SchemaStatement(Way.AT_ONCE, sql, List.of(""), Map.of());
    }

    static SchemaStatement inTransaction(String sql) {
        return new SchemaStatement(Way.IN_TRANSACTION, sql, List.of(""), Map.of());
    }

    static SchemaStatement alone(String sql) {
        return new SchemaStatement(Way.ALONE, sql, List.of(""), Map.of());
    }

    static SchemaStatement mustFindNone(String sql) {
        return new SchemaStatement(Way.MUST_FIND_NONE, sql, List.of(""), Map.of());
    }

    static SchemaStatement mustLoseNone(String sql) {
        return new SchemaStatement(Way.MUST_LOSE_NONE, sql, List.of(""), Map.of());
    }

    SchemaStatement with(Map<String, String> values) {
        return new SchemaStatement(way, sql, endings, values);
    }

    /** {@return the statement for people, as it is tried first} */
    @Override
    public String toString() {
        String set = settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", "));
        return sql + endings.get(0) + (set.isEmpty() ? "" : " -- with " + set);
    }
}
