package org.asyncmigrations.testing.product;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** H2. Stateless and thread-safe. */
final class H2Words implements ProductWords {
    @Override
    public Map<String, String> differences() {
        return Map.ofEntries(
                Map.entry(ClockFacts.ADVANCES, "its clock does not advance"),
                Map.entry(StateTableFacts.TIMES_READ, "the driver converts between the session's zone and the JVM's"),
                Map.entry(LimitFacts.SHOWN, "sessions have no names"),
                Map.entry(SessionFacts.ENDED, "sessions end with their process"),
                Map.entry(SessionFacts.ENDED_OUTSIDE, "sessions end with their process"),
                Map.entry(TransactionFacts.ROLLED_BACK, "DDL commits"),
                Map.entry(ErrorFacts.DEFERRED, "it has none"),
                Map.entry(ErrorFacts.READ_ONLY, "only a whole database is read-only"),
                Map.entry(LockFacts.BLOCKER, "it does not show this"),
                Map.entry(PlanFacts.ROWS_EXPECTED, "its plan has no number of rows"),
                Map.entry(PlanFacts.ROW_VALUES, "it reads the index from its start"),
                Map.entry(PlanFacts.ROWS_CHANGED, "it does not show this"));
    }

    @Override
    public String schemaWord() {
        return "schema";
    }

    @Override
    public String cascade() {
        return " cascade";
    }

    @Override
    public List<String> otherZones() {
        return List.of("set time zone 'America/New_York'");
    }

    @Override
    public String settings() {
        return "select (select setting_value from information_schema.settings where setting_name = 'QUERY_TIMEOUT') || ', '"
                + " || lock_timeout() || ', '"
                + " || isolation_level from information_schema.sessions where session_id = session_id()";
    }

    @Override
    public String sessionId() {
        return "select session_id()";
    }

    @Override
    public String kill() {
        return "call abort_session(%s)";
    }

    @Override
    public @Nullable String showsName() {
        return null;
    }

    @Override
    public @Nullable String readOnly() {
        return null;
    }

    @Override
    public List<String> serializable() {
        return List.of("set session characteristics as transaction isolation level repeatable read");
    }

    /** The server compiles it, which needs a JDK. */
    @Override
    public List<String> refusingTrigger() {
        return List.of("create trigger refuse_%s before update on %s for each row as $$org.h2.api.Trigger create() {"
                + " return (c, o, n) -> { throw new java.sql.SQLException(\"not today\", \"UX001\"); }; }$$");
    }

    @Override
    public @Nullable String deferred() {
        return null;
    }

    @Override
    public String createStranger() {
        return "create user %s password 'Strange#1'";
    }

    @Override
    public @Nullable String becomeStranger() {
        return null;
    }

    @Override
    public String dropStranger() {
        return "drop user %s";
    }

    @Override
    public List<String> typesOfKeys() {
        return List.of();
    }

    @Override
    public List<KeySample> keys() {
        return List.of(
                new KeySample("tinyint", KeyValues.integers(8, true)),
                new KeySample("smallint", KeyValues.integers(16, true)),
                new KeySample("integer", KeyValues.integers(32, true)),
                new KeySample("bigint", KeyValues.integers(64, true)),
                new KeySample("numeric(30, 6)", KeyValues.decimals(true)),
                new KeySample("decfloat(30)", KeyValues.decimals(true)),
                new KeySample("boolean", List.of("true", "false")),
                new KeySample("varchar(40)", KeyValues.unicode()),
                new KeySample("char(40)", KeyValues.unicode()),
                new KeySample("varchar_ignorecase(40)", KeyValues.unicode()),
                new KeySample("uuid", KeyValues.uuids()),
                new KeySample("date", KeyValues.dates("0001-01-01", "-4712-01-01", "99999-12-31")),
                new KeySample("timestamp(9)", KeyValues.times(9, "", "-0001-01-01 00:00:00")),
                new KeySample("timestamp(6) with time zone", KeyValues.times(6, "+02:00", "2026-10-25 02:30:00-05:30")),
                new KeySample("binary(16)", KeyValues.bytes(KeyValues.HEX, 16, 16)),
                new KeySample("varbinary(16)", KeyValues.bytes(KeyValues.HEX, 1, 16)));
    }

    @Override
    public List<String> refusedKeys() {
        return List.of("real", "double precision", "json", "clob", "blob", "time", "enum('b', 'a')", "integer array");
    }

    @Override
    public List<IndexSample> indexes() {
        return List.of(
                new IndexSample("(a, id)", ""),
                new IndexSample("(a desc, id desc)", ""),
                new IndexSample("(a, id, b)", ""),
                new IndexSample("(a)", "has only a"),
                new IndexSample("(a desc, id)", "in the opposite order"),
                new IndexSample("(id, a)", "has id where a would have to be"));
    }

    @Override
    public String dropIndex() {
        return "drop index k_%s";
    }

    @Override
    public String analyze() {
        return "analyze table %s";
    }
}
