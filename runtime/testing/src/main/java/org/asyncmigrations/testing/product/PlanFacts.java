package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncmigrations.product.Explained;
import org.asyncmigrations.product.KeyIndex;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.TableShape;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.testing.product.ProductWords.IndexSample;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What the planner and the catalog know about a table. Stateless and thread-safe. */
final class PlanFacts {
    static final String ROWS_CHANGED = "the rows that a transaction has changed are counted";
    static final String ROWS_EXPECTED = "the planner's number of rows is near the real one";
    static final String ROW_VALUES = "a comparison of two columns with two values is read from an index";

    /** The table's number of rows, as a power of two: so many that the planner doesn't choose to read all of them. */
    private static final int DOUBLINGS = 14;

    private static final int ROWS = 1 << DOUBLINGS;

    private static final Field<Integer> ID = DSL.field("id", SQLDataType.INTEGER);
    private static final Field<Integer> A = DSL.field("a", SQLDataType.INTEGER);

    private PlanFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact("an index that a walk can use is told from others, by catalog and plan", PlanFacts::indexes),
                new Fact(
                        "the statement that creates an index is accepted, and the index serves", PlanFacts::definition),
                new Fact(ROWS_EXPECTED, PlanFacts::expected),
                new Fact(ROW_VALUES, PlanFacts::rowValues),
                new Fact("the estimate of a table's rows is near the real number", PlanFacts::estimate),
                new Fact(
                        "the estimate notices what was loaded since it was last asked for",
                        PlanFacts::estimateAfterLoad),
                new Fact("the shape of a table has its keys, and which columns can be null", PlanFacts::shape),
                new Fact(ROWS_CHANGED, PlanFacts::rowsChanged));
    }

    private static Select<?> walk(DSLContext dsl, String table) {
        return dsl.select(A, ID)
                .from(DSL.table(table))
                .where(A.gt(100).or(A.eq(100).and(ID.gt(5))).and(A.ge(100)))
                .orderBy(A, ID)
                .limit(100);
    }

    private static void indexes(Server server) throws Exception {
        String table = server.filled(DOUBLINGS, ", s varchar(20) default 'text' not null");
        List<String> wrong = new ArrayList<>();
        for (IndexSample sample : server.words().indexes()) {
            server.run("create index k_" + table + " on " + table + " " + sample.on());
            if (!sample.then().isEmpty()) {
                server.run(sample.then().replace("%s", table));
            }
            server.run(String.format(server.words().analyze(), table));
            server.with(dsl -> {
                String misfit = misfit(server, dsl, table);
                Explained plan = server.product().explain(dsl, walk(dsl, table));
                boolean serves = sample.why().isEmpty();
                if (plan.sortedByIndex() != serves || serves != misfit.isEmpty() || !misfit.contains(sample.why())) {
                    wrong.add(sample + " is \"" + misfit + "\", and the plan is " + plan);
                }
                return null;
            });
            server.run(String.format(server.words().dropIndex(), table));
        }
        assertEquals(List.of(), wrong);
    }

    private static String misfit(Server server, DSLContext dsl, String table) throws Exception {
        TableShape shape = server.shape(dsl, table);
        KeyIndex index = server.product().indexes(dsl, shape).stream()
                .filter(one -> one.name().toLowerCase(Locale.ROOT).startsWith("k_"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the index is not told"));
        String misfit = index.misfit(List.of(Server.named(shape, "a"), Server.named(shape, "id")));
        return misfit == null ? "" : misfit.toLowerCase(Locale.ROOT);
    }

    private static void definition(Server server) throws Exception {
        String table = server.filled(DOUBLINGS);
        server.run(server.product().indexDefinition("k_" + table, table + " (a, id)"));
        server.run(String.format(server.words().analyze(), table));
        server.with(dsl -> {
            Explained plan = server.product().explain(dsl, walk(dsl, table));
            assertTrue(plan.sortedByIndex(), plan::toString);
            return null;
        });
    }

    private static void expected(Server server) throws Exception {
        String table = server.filled(DOUBLINGS);
        server.run(String.format(server.words().analyze(), table));
        server.with(dsl -> {
            long rows = server.product()
                    .explain(dsl, dsl.select(A).from(DSL.table(table)).where(ID.le(1_000)))
                    .rows();
            assertTrue(rows > 200 && rows < 5_000, () -> "1,000 rows are taken for " + rows);
            return null;
        });
    }

    private static void rowValues(Server server) throws Exception {
        String table = server.filled(DOUBLINGS);
        server.run("create index k_" + table + " on " + table + " (a, id)");
        server.run(String.format(server.words().analyze(), table));
        boolean isRead = server.with(dsl -> server.product()
                .explain(
                        dsl,
                        dsl.select(A, ID)
                                .from(DSL.table(table))
                                .where(DSL.row(A, ID).gt(5_000, 5))
                                .and(DSL.row(A, ID).le(5_020, 5))
                                .orderBy(A, ID))
                .sortedByIndex());
        assertEquals(
                server.product().comparesRowValues(), isRead && server.product().comparesRowValues());
        assertTrue(server.product().comparesRowValues(), "the product does not say so");
    }

    private static void estimate(Server server) throws Exception {
        String table = server.filled(DOUBLINGS);
        server.run(String.format(server.words().analyze(), table));
        requireNear(estimated(server, table));
    }

    private static void requireNear(long rows) {
        assertTrue(rows > ROWS / 2 && rows < ROWS * 2, () -> ROWS + " rows are taken for " + rows);
    }

    private static long estimated(Server server, String table) throws Exception {
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            return server.product().estimate(session.dsl(), DSL.table(table), server.shape(session.dsl(), table));
        }
    }

    private static void estimateAfterLoad(Server server) throws Exception {
        String full = server.filled(DOUBLINGS);
        String table = server.filled(0);
        estimated(server, table);
        server.run("insert into " + table + " (id, a, b) select id + 1, a, b from " + full);
        Server.await("the estimate is above half of the rows", () -> estimated(server, table) > ROWS / 2);
        requireNear(estimated(server, table));
    }

    private static void shape(Server server) throws Exception {
        String table = server.table("x integer not null, y integer not null, z integer, w integer not null,"
                + " primary key (y, x), unique (z, w)");
        server.with(dsl -> {
            TableShape shape = server.shape(dsl, table);
            String x = Server.named(shape, "x");
            String y = Server.named(shape, "y");
            String z = Server.named(shape, "z");
            String w = Server.named(shape, "w");
            assertEquals(Set.of(x, y, z, w), shape.columns().keySet());
            assertEquals(List.of(y, x), shape.primaryKey());
            assertTrue(shape.isUnique(Set.of(w, z)), "z and w");
            assertFalse(shape.isUnique(Set.of(x)), "x alone");
            assertEquals(
                    List.of(true),
                    Stream.of(z)
                            .map(name -> shape.columns().get(name).nullable())
                            .toList());
            assertFalse(shape.columns().get(w).nullable());
            return null;
        });
    }

    private static void rowsChanged(Server server) throws Exception {
        String table = server.filled(3);
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            TableShape shape = server.shape(session.dsl(), table);
            assertEquals(0, server.product().rowsChanged(session.dsl(), shape));
            session.dsl().execute("update " + table + " set a = a + 1 where id <= 3");
            session.dsl().execute("delete from " + table + " where id = 8");
            assertEquals(4, server.product().rowsChanged(session.dsl(), shape));
        }
    }
}
