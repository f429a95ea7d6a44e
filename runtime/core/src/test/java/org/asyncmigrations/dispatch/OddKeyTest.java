package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMySql;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys with which similar tools have lost rows. Each row is changed once, or none is and the error names the column and its type.
 */
class OddKeyTest {
    /** MySQL's driver treats it as a BIT. */
    private static final String TINYINT_1 = TestMySql.isGiven() ? "k BIT" : "";

    private static final Field<Integer> N = field(name("n"), SQLDataType.INTEGER);
    private static final Field<Integer> TWICE = field(name("twice"), SQLDataType.INTEGER);
    private static final Field<Integer> CHANGES = field(name("changes"), SQLDataType.INTEGER);

    /** Walks by columns of any name and type. */
    private record FillTwice(List<String> names) implements BatchMigration {
        @Override
        public BatchKey key() {
            List<Field<?>> fields = new ArrayList<>();
            names.forEach(column -> fields.add(field(name(column))));
            return new BatchKey(table(name("t")), fields);
        }

        @Override
        public Condition pending() {
            return TWICE.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(table(name("t")), row -> {
                row.set(TWICE, 2 * row.get(N));
                row.set(CHANGES, row.get(CHANGES) + 1);
            });
        }
    }

    /** A key: its columns, how to make values of it from the numbers 1, 2, …, and the refused type, empty for none. */
    private record Sample(String columns, String keys, String values, String refused) {
        @Override
        public String toString() {
            return columns;
        }
    }

    static Stream<Sample> innoDb() {
        Stream<Sample> both = Stream.of(
                new Sample("k binary(16) not null", "k", "unhex(concat(lpad(hex(seq), 14, '0'), repeat('00', 9)))", ""),
                new Sample("k binary(16) not null", "k", "unhex(concat(lpad(hex(seq), 14, '0'), repeat('20', 9)))", ""),
                new Sample("k varbinary(20) not null", "k", "concat(seq, repeat(char(0), seq % 5))", ""),
                new Sample("k bigint unsigned not null", "k", "18446744073709551615 - seq", ""),
                new Sample("k bigint not null", "k", "cast(seq as signed) - 9223372036854775807 - 1", ""),
                new Sample("k int(11) unsigned zerofill not null", "k", "4294967295 - seq", ""),
                new Sample("k bigint zerofill not null", "k", "18446744073709551615 - seq", ""),
                new Sample("k decimal(9, 2) zerofill not null", "k", "seq / 4", ""),
                new Sample(
                        "k decimal(65, 0) unsigned not null", "k", "cast(repeat('9', 64) as decimal(65, 0)) - seq", ""),
                new Sample("k decimal(40, 30) not null", "k", "seq / 7", ""),
                new Sample("a bigint not null, k bit(1) not null", "a,k", "seq div 2, seq % 2", "k BIT"),
                new Sample("a bigint not null, k tinyint(1) not null", "a,k", "seq div 2, seq % 2", TINYINT_1),
                new Sample("a bigint not null, k boolean not null", "a,k", "seq div 2, seq % 2", TINYINT_1),
                new Sample("k tinyint(1) unsigned not null, a int not null", "k,a", "seq % 256, seq", ""),
                new Sample("k bit(20) not null", "k", "seq", "k BIT"),
                new Sample("k year not null, a int not null", "k,a", "1901 + seq % 200, seq", "k YEAR"),
                new Sample("k time(6) not null", "k", "sec_to_time(seq + 0.000001 * seq)", "k TIME"),
                new Sample(
                        "k enum('b', 'a', 'c') not null, a int not null",
                        "k,a",
                        "elt(1 + seq % 3, 'a', 'b', 'c'), seq",
                        "k"),
                new Sample("k char(5) not null collate utf8mb4_bin", "k", "concat(seq, ' ')", ""),
                new Sample(
                        "k datetime(6) not null",
                        "k",
                        "timestamp '2026-03-29 01:30:00.000001' + interval seq second",
                        ""),
                new Sample("k float not null", "k", "seq / 3", "k FLOAT"),
                new Sample(
                        "`select` bigint not null, `from``where` int not null", "select,from`where", "seq, -seq", ""),
                new Sample("`a b``c` bigint not null", "a b`c", "seq", ""));
        Stream<Sample> own = Stream.of(
                new Sample(
                        "k varchar(10) not null collate utf8mb4_nopad_bin, a int not null",
                        "k,a",
                        "concat('x', repeat(' ', seq % 5)), seq",
                        ""),
                new Sample("k inet6 not null", "k", "concat('::', hex(seq))", "k INET6"),
                new Sample("k inet4 not null", "k", "concat('10.0.', seq div 256, '.', seq % 256)", "k INET4"),
                new Sample(
                        "k uuid not null",
                        "k",
                        "concat(lpad(hex(seq * 7919 % 65536), 8, '0'), '-0000-7000-8000-', lpad(hex(seq), 12, '0'))",
                        ""));
        return TestMySql.isGiven() ? both : Stream.concat(both, own);
    }

    @ParameterizedTest
    @MethodSource
    void innoDb(Sample sample) throws Exception {
        List<String> keys = List.of(sample.keys.split(","));
        String primary =
                keys.stream().map(key -> "`" + key.replace("`", "``") + "`").collect(Collectors.joining(", "));
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            fresh.dsl().connection(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute("create table t (" + sample.columns
                            + ", n int not null, twice int, changes int not null default 0, primary key (" + primary
                            + "))");
                    if (TestMySql.isGiven()) {
                        statement.execute("set session cte_max_recursion_depth = 10000");
                    }
                    String numbers = TestMySql.isGiven()
                            ? "(with recursive s as (select 1 as seq union all select seq + 1 from s where seq < 2500)"
                                    + " select seq from s) numbers"
                            : "seq_1_to_2500";
                    statement.execute("insert into t select " + sample.values + ", seq, null, 0 from " + numbers);
                }
            });
            require(fresh, keys, sample.refused);
        }
    }

    private static void require(Fresh fresh, List<String> keys, String refused) throws Exception {
        Seen seen = TroubleBench.run(
                fresh.dataSource(),
                new TestCatalog().batch(1, new FillTwice(keys)),
                b -> b.targetBatchTime(Duration.ofMillis(5)));
        if (refused.isEmpty()) {
            assertThat(seen.of(1).error()).isNull();
            assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(table(name("t")), CHANGES.ne(1).or(TWICE.ne(N.mul(2)))))
                    .isZero();
        } else {
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            for (String word : refused.split(" ")) {
                assertThat(seen.error(1)).contains(word);
            }
            assertThat(seen.error(1)).contains("the key column ", " of ");
            assertThat(fresh.dsl().fetchCount(table(name("t")), CHANGES.ne(0))).isZero();
        }
    }

    /** The type's operators are in another schema, which may or may not be on the search path. */
    @ParameterizedTest
    @ValueSource(strings = {"public", "public,ext", ""})
    void postgresTypesOfAnotherSchema(String searchPath) throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create schema ext");
            Assumptions.assumeTrue(!fresh.dsl()
                    .fetch("select 1 from pg_available_extensions where name = 'citext'")
                    .isEmpty());
            fresh.dsl().execute("create extension citext schema ext");
            fresh.dsl().execute("create type ext.mood as enum ('b', 'a')");
            for (String type : new String[] {"ext.citext", "ext.mood"}) {
                fresh.dsl().execute("drop table if exists public.t");
                fresh.dsl()
                        .execute("create table public.t (k " + type
                                + " not null, a int not null, n int not null, twice int,"
                                + " changes int not null default 0, primary key (k, a))");
                fresh.dsl()
                        .execute("insert into public.t select (case when i % 2 = 0 then 'a' else 'b' end)::" + type
                                + ", i, i, null, 0 from generate_series(1, 2500) i");
                String url = fresh.url() + "?options=" + "-c%20search_path=" + searchPath;
                com.zaxxer.hikari.HikariConfig config = new com.zaxxer.hikari.HikariConfig();
                config.setJdbcUrl(url);
                config.setUsername(fresh.user());
                config.setMaximumPoolSize(4);
                try (var pool = new com.zaxxer.hikari.HikariDataSource(config)) {
                    long version = type.length();
                    Seen seen = TroubleBench.run(
                            pool, new TestCatalog().batch(version, new Qualified()), b -> b.stateSchema("public"));
                    boolean isFound = type.equals("ext.mood") || searchPath.contains("ext");
                    if (isFound) {
                        assertThat(seen.of(version).error()).isNull();
                        assertThat(fresh.dsl().fetchCount(table(name("public", "t")), CHANGES.ne(1)))
                                .isZero();
                    } else {
                        assertThat(seen.error(version)).contains("k of", "ext.citext", "search_path");
                        assertThat(fresh.dsl().fetchCount(table(name("public", "t")), CHANGES.ne(0)))
                                .isZero();
                    }
                    fresh.dsl().execute("delete from public.async_schema_migrations");
                }
            }
        }
    }

    private static final class Qualified implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table(name("public", "t")), field(name("k")), field(name("a")));
        }

        @Override
        public Condition pending() {
            return TWICE.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(table(name("public", "t")), row -> {
                row.set(TWICE, 2 * row.get(N));
                row.set(CHANGES, row.get(CHANGES) + 1);
            });
        }
    }
}
