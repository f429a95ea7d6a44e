package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateTables;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The tables that the runtime creates for itself. Stateless and thread-safe. */
final class StateTableFacts {
    private static final int AT_ONCE = 4;

    /** The columns by which our table is recognized. */
    private static final Set<String> IDENTITY = Set.of("version", "fingerprint", "token");

    private static final Field<LocalDateTime> AT = DSL.field(DSL.name("at"), SQLDataType.LOCALDATETIME(6));

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000);

    static final String TIMES_READ = "a time is read unchanged in a session of another time zone";

    private StateTableFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact("the state tables are created by four sessions at once", StateTableFacts::createdAtOnce),
                new Fact("the state tables are created in the schema that is chosen", StateTableFacts::createdInSchema),
                new Fact("each column of the state tables keeps its value", StateTableFacts::keepValues),
                new Fact(
                        "a time that is written in a session of another time zone is in UTC",
                        StateTableFacts::writeTimes),
                new Fact(TIMES_READ, StateTableFacts::readTimes),
                new Fact("an older table gets the missing columns, with their defaults", StateTableFacts::completed),
                new Fact("another program's table is refused, and nothing is created", StateTableFacts::foreignRefused),
                new Fact(
                        "the columns of a table are listed, none for a table that does not exist",
                        StateTableFacts::columns));
    }

    private static void createdAtOnce(Server server) throws Exception {
        try (Place place = Place.of(server)) {
            CyclicBarrier together = new CyclicBarrier(AT_ONCE);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(Server.elsewhere(() -> {
                    Connections connections = place.connections(server);
                    connections.server();
                    together.await();
                    StateSchema.install(connections, SuiteTables.all());
                    return null;
                }));
            }
            all.forEach(CompletableFuture::join);
            requireAll(server, place.schema());
        }
    }

    private static void createdInSchema(Server server) throws Exception {
        String chosen = server.newSchema();
        try (Place place = Place.of(server)) {
            assertEquals(place.schema(), place.connections(server).server().schema(), "the connections' own schema");
            StateSchema.install(place.connections(server).withStateSchema(chosen), SuiteTables.all());
            requireAll(server, chosen);
            assertEquals(
                    Set.of(),
                    columns(
                            server,
                            place.schema(),
                            SuiteTables.all().migrations().getName()));
        }
    }

    private static void requireAll(Server server, String schema) throws Exception {
        for (Table<?> table : SuiteTables.all().all()) {
            Set<String> columns = columns(server, schema, table.getName());
            for (Field<?> field : table.fields()) {
                assertTrue(columns.contains(field.getName()), () -> field + " is not among " + columns);
            }
        }
    }

    private static Set<String> columns(Server server, String schema, String table) throws Exception {
        try (Connection connection = server.source().getConnection()) {
            return server.product().columns(connection, schema, table);
        }
    }

    private static void keepValues(Server server) throws Exception {
        try (Place place = Place.of(server)) {
            StateSchema.install(place.connections(server), SuiteTables.all());
            try (Connection connection = place.source().getConnection()) {
                DSLContext dsl = DSL.using(connection, server.product().dialect());
                for (Table<?> table : SuiteTables.all().all()) {
                    for (int variant = 0; variant < 3; variant++) {
                        keepValues(dsl, table, variant);
                    }
                }
            }
        }
    }

    private static void keepValues(DSLContext dsl, Table<?> table, int variant) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        for (Field<?> field : table.fields()) {
            values.put(field, sample(field, variant));
        }
        dsl.deleteFrom(table).execute();
        dsl.insertInto(table).set(values).execute();
        Record row = dsl.selectFrom(table).fetchSingle();
        for (Field<?> field : table.fields()) {
            assertEquals(values.get(field), row.get(field), () -> field + " of variant " + variant);
        }
    }

    /** Large values, small ones, and nulls. */
    private static @Nullable Object sample(Field<?> field, int variant) {
        DataType<?> type = field.getDataType();
        if (variant == 2 && type.nullable()) {
            return null;
        }
        boolean large = variant == 0;
        if (type.getType() == LocalDateTime.class) {
            return large ? TIME : LocalDateTime.of(1999, 1, 1, 0, 0);
        }
        if (type.getType() == Boolean.class) {
            return large;
        }
        if (type.isNumeric()) {
            Object number = large ? type.getType() == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE : -7L;
            return type.convert(number);
        }
        String text = "Ÿ😀 'a\"b\\c|";
        int length = type.lengthDefined() && type.length() > 0 ? type.length() : 20_000;
        return large ? (length < text.length() ? "x".repeat(length) : text + "ß".repeat(length - text.length())) : "";
    }

    private static void writeTimes(Server server) throws Exception {
        Table<?> table = times(server);
        ClockFacts.inOtherZone(
                server,
                dsl -> dsl.insertInto(table, AT).values(server.product().now()).execute());
        server.with(dsl -> {
            LocalDateTime written = dsl.select(AT).from(table).fetchSingle().value1();
            LocalDateTime now = dsl.select(server.product().now()).fetchSingle().value1();
            assertTrue(!written.isAfter(now) && written.isAfter(now.minusMinutes(1)), () -> written + ", " + now);
            return null;
        });
    }

    private static void readTimes(Server server) throws Exception {
        Table<?> table = times(server);
        server.with(dsl -> dsl.insertInto(table, AT).values(TIME).execute());
        LocalDateTime read = ClockFacts.inOtherZone(
                server, dsl -> dsl.select(AT).from(table).fetchSingle().value1());
        assertEquals(TIME, read);
    }

    /** {@return a table with a time column like those of the state tables} */
    private static Table<?> times(Server server) throws Exception {
        Table<?> table = DSL.table(DSL.name(server.newName()));
        server.run(server.product()
                .definition(server.with(dsl -> dsl.createTable(table).column(AT).getSQL())));
        return table;
    }

    private static void completed(Server server) throws Exception {
        StateTables tables = SuiteTables.all();
        Table<?> table = tables.migrations();
        try (Place place = Place.of(server)) {
            StateSchema.install(place.connections(server), tables);
            try (Connection connection = place.source().getConnection()) {
                DSLContext dsl = DSL.using(connection, server.product().dialect());
                Map<Field<?>, Object> values = new LinkedHashMap<>();
                for (Field<?> field : table.fields()) {
                    values.put(field, sample(field, 0));
                }
                dsl.insertInto(table).set(values).execute();
                for (Field<?> field : table.fields()) {
                    if (!IDENTITY.contains(field.getName())) {
                        dsl.alterTable(table).dropColumn(field).execute();
                    }
                }
                StateSchema.install(place.connections(server), tables);
                Record row = dsl.selectFrom(table).fetchSingle();
                for (Field<?> field : table.fields()) {
                    Object expected = IDENTITY.contains(field.getName()) ? values.get(field) : added(field);
                    assertEquals(expected, row.get(field), field::toString);
                }
            }
        }
    }

    private static @Nullable Object added(Field<?> field) {
        DataType<?> type = field.getDataType();
        if (type.nullable() || type.getType() == LocalDateTime.class) {
            return null;
        }
        if (type.getType() == Boolean.class) {
            return false;
        }
        return type.isNumeric() ? type.convert(0) : type.lengthDefined() ? "" : null;
    }

    private static void foreignRefused(Server server) throws Exception {
        StateTables tables = SuiteTables.all();
        try (Place place = Place.of(server)) {
            try (Connection connection = place.source().getConnection()) {
                DSL.using(connection, server.product().dialect())
                        .createTable(tables.events())
                        .column("version", SQLDataType.VARCHAR(14))
                        .column("direction", SQLDataType.VARCHAR(4))
                        .execute();
            }
            MigrationException refused = assertThrows(
                    MigrationException.class, () -> StateSchema.install(place.connections(server), tables));
            assertTrue(refused.getMessage().contains("direction, version"), refused::getMessage);
            assertEquals(
                    Set.of(),
                    columns(server, place.schema(), tables.migrations().getName()));
        }
    }

    private static void columns(Server server) throws Exception {
        String table = server.newName();
        server.with(dsl -> dsl.createTable(DSL.table(DSL.name(table)))
                .column(DSL.name("id"), SQLDataType.BIGINT)
                .column(DSL.name("Mixed_Name"), SQLDataType.VARCHAR(9))
                .execute());
        assertEquals(Set.of("id", "mixed_name"), columns(server, server.schema(), table));
        assertEquals(Set.of(), columns(server, server.schema(), server.newName()));
        try (Connection connection = server.source().getConnection()) {
            assertNotNull(server.product().currentSchema(connection));
            assertEquals(server.schema(), server.product().currentSchema(connection));
        }
    }

    /** A schema with its own state tables. */
    private record Place(String schema, SuiteSource source) implements AutoCloseable {
        static Place of(Server server) throws Exception {
            String schema = server.newSchema();
            return new Place(schema, server.sourceIn(schema));
        }

        Connections connections(Server server) {
            return server.of(source);
        }

        @Override
        public void close() throws SQLException {
            source.endAll();
        }
    }
}
