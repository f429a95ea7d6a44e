package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Explained;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalog's check accepts an index for a walk exactly if the planner can read the walk from it without sorting. */
class KeyIndexTest {
    private static final String SERVES = "";

    /** A key, the index after {@code create index k on t}, and a word of the reason why it doesn't serve. */
    private record Sample(String key, String index, String why, String then) {
        static Sample of(String key, String index, String why) {
            return new Sample(key, index, why, "");
        }
    }

    private static List<Sample> everywhere() {
        return List.of(
                Sample.of("id", "(b)", SERVES),
                Sample.of("a", "(a, id)", SERVES),
                Sample.of("a", "(a, id, b)", SERVES),
                Sample.of("a, b", "(a, b, id)", SERVES),
                Sample.of("id, a", "(b)", SERVES),
                Sample.of("a", "(a desc, id desc)", SERVES),
                Sample.of("a", "(a desc, id)", "has id in the opposite order to a"),
                Sample.of("a", "(a, id desc)", "has id in the opposite order to a"),
                Sample.of("a", "(a, b, id)", "has b where id would have to be"),
                Sample.of("a", "(id, a)", "has id where a would have to be"),
                Sample.of("a, b", "(a, b desc, id)", "has b in the opposite order to a"),
                Sample.of("s", "(s, id)", SERVES));
    }

    private static List<Sample> of(TestDatabase database) {
        return switch (database) {
            case POSTGRES ->
                List.of(
                        Sample.of("a", "(a)", "has only a"),
                        Sample.of("a", "(a) include (id)", "has only a"),
                        Sample.of("a", "(a nulls first, id)", "has nulls at the other end of a"),
                        Sample.of("a", "(a, id nulls first)", "has nulls at the other end of id"),
                        Sample.of("a", "(a desc nulls last, id desc)", "has nulls at the other end of a"),
                        Sample.of("a", "(a, id) where b > 5", "contains only the rows where (b > 5)"),
                        Sample.of("a", "((a + 0), id)", "has an expression where a would have to be"),
                        Sample.of("a", "using hash (a)", "is a hash index, which has no order"),
                        Sample.of("a", "using brin (a, id)", "is a brin index"),
                        Sample.of("s", "(s collate \"C\", id)", "has s in another collation"),
                        Sample.of("s", "(s text_pattern_ops, id)", "has s in the order of another operator class"),
                        Sample.of("s", "(s varchar_ops, id)", SERVES),
                        Sample.of("c", "(c, id)", SERVES),
                        Sample.of("c", "(c collate \"en-x-icu\", id)", "has c in another collation"),
                        Sample.of("e", "(e, id)", SERVES),
                        Sample.of("d", "(d, id)", SERVES),
                        Sample.of("d", "(d text_pattern_ops, id)", "has d in the order of another operator class"),
                        Sample.of("u", "(u, id)", SERVES),
                        new Sample(
                                "a",
                                "(a, id)",
                                "is not valid",
                                "update pg_index set indisvalid = false where indexrelid = 'k'::regclass"));
            case MARIADB ->
                List.of(
                        Sample.of("a", "(a)", SERVES),
                        Sample.of("a", "(a desc)", "has id in the opposite order to a"),
                        Sample.of("s", "(s)", SERVES),
                        Sample.of("s", "(s(50), id)", SERVES),
                        Sample.of("s", "(s(10), id)", "has only the first 10 characters of s"),
                        new Sample("a", "(a, id)", "is hidden", "alter table t alter index k ignored"));
            case H2 ->
                List.of(
                        Sample.of("a", "(a)", "has only a"),
                        Sample.of("a", "(a nulls last, id)", SERVES),
                        Sample.of("a", "(a desc nulls last, id desc nulls first)", SERVES));
        };
    }

    @ParameterizedTest
    @EnumSource
    void anIndexServesAWalkExactlyWhenThePlannerCanReadTheWalkFromIt(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            fill(dsl, database);
            SoftAssertions all = new SoftAssertions();
            List<Sample> samples = new ArrayList<>(everywhere());
            samples.addAll(of(database));
            for (Sample sample : samples) {
                dsl.execute("create index k on t " + sample.index);
                if (!sample.then.isEmpty()) {
                    dsl.execute(sample.then);
                }
                analyze(dsl, database);
                KeySpace space = space(dsl, sample.key);
                KeyIndexes indexes = KeyIndexes.read(space, dsl);
                Key middle = Objects.requireNonNull(space.end(dsl, null, null, 15_000));
                Explained explained = space.product().explain(dsl, space.endQuery(dsl, middle, null, 200));
                all.assertThat(explained.sortedByIndex())
                        .as(sample + "\n" + explained)
                        .isEqualTo(sample.why.isEmpty());
                all.assertThat(indexes.serving() != null).as("%s", sample).isEqualTo(sample.why.isEmpty());
                all.assertThat(misfits(indexes)).as("%s", sample).contains(sample.why);
                dsl.execute(database == TestDatabase.MARIADB ? "drop index k on t" : "drop index k");
            }
            all.assertAll();
        }
    }

    private static String misfits(KeyIndexes indexes) {
        return indexes.indexes().stream()
                .filter(index -> index.name().equalsIgnoreCase("k"))
                .map(index -> String.valueOf(index.misfit(indexes.key())).toLowerCase(java.util.Locale.ROOT))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aLargeTableWithoutAnIndexOfItsKeyIsRefusedInWords(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            fill(dsl, database);
            dsl.execute("create index k on t (b, a)");
            KeySpace space = space(dsl, "b");
            KeyIndexes indexes = KeyIndexes.read(space, dsl);
            indexes.require(space, dsl, KeyIndexes.SMALL - 1);
            assertThatThrownBy(() -> indexes.require(space, dsl, 3_000_000))
                    .isInstanceOf(IllegalKeyException.class)
                    .message()
                    .isEqualToIgnoringCase(
                            "the key (b, id) of t has no index to walk it by, so each batch would read and sort the"
                                    + " table's rows, about 3,000,000; create one ("
                                    + definition(database)
                                    + "), or let key() name columns that have one, such as the primary key (id). The"
                                    + " existing ones cannot be used: "
                                    + misfits(database));
            dsl.execute(definition(database));
            KeyIndexes.read(space, dsl).require(space, dsl, 3_000_000);
        }
    }

    private static String definition(TestDatabase database) {
        return switch (database) {
            case POSTGRES -> "create index concurrently on t (\"b\", \"id\")";
            case MARIADB -> "create index `b_id_walk` on t (`b`, `id`) algorithm=inplace lock=none";
            case H2 -> "create index \"B_ID_walk\" on t (\"B\", \"ID\")";
        };
    }

    private static String misfits(TestDatabase database) {
        String ofK = "k has a where id would have to be";
        return switch (database) {
            case POSTGRES -> ofK + "; t_pkey has id where b would have to be";
            case MARIADB -> ofK + "; PRIMARY has id where b would have to be";
            case H2 -> ofK + "; PRIMARY_KEY_5 has id where b would have to be";
        };
    }

    private static KeySpace space(DSLContext dsl, String key) {
        Field<?>[] fields =
                Stream.of(key.split(", ")).map(name -> field(name, Long.class)).toArray(Field<?>[]::new);
        return KeySpace.of(BatchKey.of(table("t"), fields), noCondition(), TestProducts.of(dsl), dsl);
    }

    private static void fill(DSLContext dsl, TestDatabase database) {
        String more = "";
        if (database == TestDatabase.POSTGRES) {
            dsl.execute("create type mood as enum ('bad', 'good')");
            dsl.execute("create domain word as varchar(20)");
            more = ", c varchar(20) collate \"C\" not null, e mood not null, d word not null, u uuid not null";
        }
        dsl.execute(
                "create table t (id bigint primary key, a bigint not null, b bigint not null, s varchar(50) not null"
                        + more + ")");
        dsl.execute(
                switch (database) {
                    case POSTGRES ->
                        "insert into t select i, i / 3, i % 1000, 'n' || i, 'n' || i,"
                                + " case when i % 2 = 0 then 'bad' else 'good' end::mood, 'n' || i, md5(i::text)::uuid"
                                + " from generate_series(1, 30000) i";
                    case MARIADB ->
                        "insert into t select seq, seq div 3, seq % 1000, concat('n', seq) from seq_1_to_30000";
                    case H2 -> "insert into t select x, x / 3, x % 1000, 'n' || x from system_range(1, 30000)";
                });
        analyze(dsl, database);
    }

    private static void analyze(DSLContext dsl, TestDatabase database) {
        dsl.execute(
                switch (database) {
                    case POSTGRES -> "vacuum analyze t";
                    case MARIADB -> "analyze table t";
                    case H2 -> "analyze";
                });
    }
}
