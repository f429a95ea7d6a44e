package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.KeyText;
import org.asyncmigrations.product.TableShape;
import org.asyncmigrations.testing.product.ProductWords.KeySample;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Types whose values are walked in order, by their texts. Stateless and thread-safe. */
final class KeyFacts {
    private static final Field<Object> K = DSL.field("k");

    private KeyFacts() {}

    static List<Fact> all(ProductWords words) {
        List<Fact> facts = new ArrayList<>();
        for (KeySample sample : words.keys()) {
            facts.add(new Fact(
                    "a key of the type " + sample.type()
                            + " has a text that is read back, and compares in the order of ORDER BY",
                    server -> holds(server, sample)));
        }
        for (String type : words.refusedKeys()) {
            facts.add(new Fact("the type " + type + " is refused as a key", server -> refused(server, type)));
        }
        facts.add(new Fact(
                "text that is no value of a key's type is an error, if the product says so", KeyFacts::foreignText));
        return facts;
    }

    private static void make(Server server) throws Exception {
        for (String sql : server.words().typesOfKeys()) {
            try {
                server.run(sql);
            } catch (java.sql.SQLException there) {
                // Created for an earlier fact; if that failed, the table can't be created either.
                continue;
            }
        }
    }

    private static void holds(Server server, KeySample sample) throws Exception {
        make(server);
        String name = server.table("k " + sample.type() + " not null");
        server.with(dsl -> {
            Table<?> table = DSL.table(name);
            for (String value : sample.values()) {
                dsl.insertInto(table).columns(K).values(literal(value)).execute();
            }
            TableShape shape = server.shape(dsl, name);
            KeyText form = form(server, dsl, shape);
            assertNotNull(form, () -> "no text for " + shape.columns());
            KeyColumn key = new KeyColumn(K, Server.named(shape, "k"), form);
            List<@Nullable String> texts =
                    dsl.select(key.provenText()).from(table).orderBy(K).fetch(0, String.class);
            assertEquals(sample.values().size(), texts.size());
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                int place = i;
                assertNotNull(text, () -> "no text for a value after " + texts.subList(0, place));
                requirePlace(dsl, table, key, text, i, texts.size());
            }
            assertEquals(texts, dsl.select(key.text()).from(table).orderBy(K).fetch(0, String.class));
            return null;
        });
    }

    /** Bytes are written as {@code 0x…} in the samples. */
    private static Field<?> literal(String value) {
        return value.startsWith(KeyValues.HEX) ? DSL.field("x'" + value.substring(2) + "'") : DSL.inline(value);
    }

    /** The number of values before and after it must match ORDER BY, and one must be equal to it. */
    private static void requirePlace(DSLContext dsl, Table<?> table, KeyColumn key, String text, int place, int of) {
        Field<Object> column = key.comparable();
        assertEquals(1, dsl.fetchCount(table, column.eq(key.value(text))), () -> "equal to " + text);
        assertEquals(place, dsl.fetchCount(table, column.lt(key.value(text))), () -> "less than " + text);
        assertEquals(of - place - 1, dsl.fetchCount(table, column.gt(key.value(text))), () -> "greater than " + text);
    }

    private static @Nullable KeyText form(Server server, DSLContext dsl, TableShape shape) {
        TableShape.Column column = shape.columns().get(Server.named(shape, "k"));
        String unordered = server.product().unorderedHere(dsl, column);
        org.junit.jupiter.api.Assumptions.assumeTrue(unordered == null, () -> "this session's column k " + unordered);
        return server.product().keyText(column);
    }

    private static void refused(Server server, String type) throws Exception {
        make(server);
        String name = server.table("k " + type);
        server.with(dsl -> {
            TableShape shape = server.shape(dsl, name);
            assertNull(server.product().keyText(shape.columns().get(Server.named(shape, "k"))));
            return null;
        });
    }

    private static void foreignText(Server server) throws Exception {
        String name = server.table("k integer not null");
        server.run("insert into " + name + " values (0)");
        server.with(dsl -> {
            TableShape shape = server.shape(dsl, name);
            KeyColumn key = new KeyColumn(K, "k", java.util.Objects.requireNonNull(form(server, dsl, shape)));
            Runnable asking =
                    () -> dsl.fetchCount(DSL.table(name), key.comparable().eq(key.value("no number")));
            if (server.product().refusesForeignText()) {
                assertThrows(DataAccessException.class, asking::run);
            } else {
                asking.run();
            }
            return null;
        });
    }
}
