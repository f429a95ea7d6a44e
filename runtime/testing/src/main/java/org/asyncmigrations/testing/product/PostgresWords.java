package org.asyncmigrations.testing.product;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DataType;
import org.jooq.JSONB;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;

/** PostgreSQL. Stateless and thread-safe. */
final class PostgresWords implements ProductWords {
    @Override
    public Map<String, String> differences() {
        return Map.of();
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
        return "select string_agg(name || '=' || setting, ', ' order by name) from pg_settings where name in ('lock_timeout',"
                + " 'statement_timeout', 'idle_in_transaction_session_timeout', 'row_security', 'search_path', 'application_name',"
                + " 'transaction_timeout', 'synchronous_commit', 'max_parallel_workers_per_gather', 'plan_cache_mode',"
                + " 'client_connection_check_interval', 'transaction_isolation', 'default_transaction_isolation')";
    }

    @Override
    public String sessionId() {
        return "select pg_backend_pid()";
    }

    @Override
    public String kill() {
        return "select pg_terminate_backend(%s, 5000)";
    }

    @Override
    public String showsName() {
        return "select count(*) from pg_stat_activity where application_name = '%s'";
    }

    @Override
    public String readOnly() {
        return "begin transaction read only";
    }

    @Override
    public List<String> serializable() {
        return List.of("set session characteristics as transaction isolation level serializable");
    }

    @Override
    public List<String> refusingTrigger() {
        return List.of(
                "create function refuse_%s() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'not today' using errcode = 'UX001'; end $$",
                "create trigger refuse before update on %s for each row execute function refuse_%s()");
    }

    @Override
    public String deferred() {
        return "deferrable initially deferred";
    }

    @Override
    public String createStranger() {
        return "create role %s";
    }

    @Override
    public String becomeStranger() {
        return "set role %s";
    }

    @Override
    public String dropStranger() {
        return "drop role %s";
    }

    @Override
    public List<String> typesOfKeys() {
        return List.of("create type mood as enum ('sad', 'ok', 'happy', 'angry')", "create domain word as varchar(40)");
    }

    @Override
    public List<KeySample> keys() {
        return List.of(
                new KeySample("smallint", KeyValues.integers(16, true)),
                new KeySample("integer", KeyValues.integers(32, true)),
                new KeySample("bigint", KeyValues.integers(64, true)),
                new KeySample("numeric", KeyValues.decimals(true)),
                new KeySample("numeric(30, 6)", KeyValues.decimals(true)),
                new KeySample("boolean", List.of("true", "false")),
                new KeySample("varchar(40)", KeyValues.unicode()),
                new KeySample("varchar(40) collate \"C\"", KeyValues.unicode()),
                new KeySample("text", KeyValues.unicode()),
                new KeySample("char(40)", KeyValues.unicode()),
                new KeySample("word", KeyValues.unicode()),
                new KeySample("mood", List.of("angry", "sad", "happy", "ok")),
                new KeySample("uuid", KeyValues.uuids()),
                new KeySample(
                        "date", KeyValues.dates("0001-01-01", "4713-01-01 BC", "infinity", "-infinity", "9999-12-31")),
                new KeySample("timestamp", KeyValues.times(6, "", "infinity", "-infinity", "0001-01-01 00:00:00 BC")),
                new KeySample(
                        "timestamptz", KeyValues.times(6, "+00", "infinity", "-infinity", "2026-10-25 02:30:00+02")),
                new KeySample("bytea", KeyValues.bytes("\\x", 1, 16)));
    }

    @Override
    public List<String> refusedKeys() {
        return List.of(
                "real",
                "double precision",
                "json",
                "jsonb",
                "interval",
                "time",
                "timetz",
                "inet",
                "integer[]",
                "money",
                "bit(3)");
    }

    @Override
    public Map<DataType<?>, List<?>> values() {
        Map<DataType<?>, List<?>> values = new LinkedHashMap<>();
        values.put(SQLDataType.JSONB, List.of(JSONB.valueOf("{\"a\": [1, null, \"ü'\"]}"), JSONB.valueOf("[]")));
        values.put(
                SQLDataType.TIMESTAMPWITHTIMEZONE(6),
                List.of(
                        OffsetDateTime.parse("2026-10-25T02:30:00.123456Z"),
                        OffsetDateTime.parse("1999-01-01T00:00Z")));
        values.put(SQLDataType.VARCHAR.array(), List.of(new String[] {"a", null, "{\"b\\"}, new String[] {}));
        values.put(SQLDataType.INTERVALDAYTOSECOND, List.of(new DayToSecond(1, 2), new DayToSecond(0)));
        return values;
    }

    @Override
    public List<IndexSample> indexes() {
        return List.of(
                new IndexSample("(a, id)", ""),
                new IndexSample("(a desc, id desc)", ""),
                new IndexSample("(a, id, b)", ""),
                new IndexSample("(a, id) include (b)", ""),
                new IndexSample("(a)", "has only a"),
                new IndexSample("(a desc, id)", "in the opposite order"),
                new IndexSample("(id, a)", "has id where a would have to be"),
                new IndexSample("(a nulls first, id)", "nulls at the other end"),
                new IndexSample("(a, id) where b > 5", "contains only the rows where"),
                new IndexSample("((a + 0), id)", "an expression"),
                new IndexSample("using hash (a)", "hash index"),
                new IndexSample("using brin (a, id)", "brin index"));
    }

    @Override
    public String dropIndex() {
        return "drop index k_%s";
    }

    @Override
    public String analyze() {
        return "vacuum analyze %s";
    }
}
