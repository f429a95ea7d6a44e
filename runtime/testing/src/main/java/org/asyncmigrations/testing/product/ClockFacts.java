package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.session.Session;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The clock that decides when claims expire. Stateless and thread-safe. */
final class ClockFacts {
    static final String ADVANCES = "the clock advances within a transaction";

    /** In New York, the clocks skip the hour after the first, and repeat the hour after the second. */
    private static final List<LocalDateTime> CHANGES =
            List.of(LocalDateTime.of(2026, 3, 8, 1, 59, 59, 999_999_000), LocalDateTime.of(2026, 11, 1, 0, 30));

    private ClockFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact(ADVANCES, ClockFacts::advances),
                new Fact("the clock is in UTC in a session of another time zone", ClockFacts::isInUtc),
                new Fact("the clock has the same time in plain JDBC", ClockFacts::isTheSameInPlainJdbc),
                new Fact(
                        "a later time is exactly so much later, across daylight saving time too",
                        ClockFacts::addsExactly));
    }

    private static void advances(Server server) throws Exception {
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            LocalDateTime first = now(session.dsl(), server.product());
            LocalDateTime second = now(session.dsl(), server.product());
            assertTrue(second.isAfter(first), () -> second + " is not after " + first);
        }
    }

    private static LocalDateTime now(DSLContext dsl, Product product) {
        return read(dsl, product.now());
    }

    /** As text, since a driver may convert it as if it were a time in the session's zone. */
    private static LocalDateTime read(DSLContext dsl, Field<LocalDateTime> time) {
        String text =
                dsl.select(time.cast(SQLDataType.VARCHAR(30))).fetchSingle().value1();
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static void isInUtc(Server server) throws Exception {
        LocalDateTime here = server.with(dsl -> now(dsl, server.product()));
        LocalDateTime there = inOtherZone(server, dsl -> now(dsl, server.product()));
        LocalDateTime afterwards = server.with(dsl -> now(dsl, server.product()));
        assertTrue(!there.isBefore(here) && !there.isAfter(afterwards), () -> here + ", " + there + ", " + afterwards);
        Duration off = Duration.between(LocalDateTime.now(java.time.ZoneOffset.UTC), there)
                .abs();
        assertTrue(off.compareTo(Duration.ofMinutes(20)) < 0, () -> "UTC here is " + off + " away");
    }

    private static void isTheSameInPlainJdbc(Server server) throws Exception {
        Product product = server.product();
        server.with(dsl -> {
            LocalDateTime before = now(dsl, product);
            for (Duration by : List.of(Duration.ZERO, Duration.ofSeconds(75))) {
                LocalDateTime plain = read(dsl, DSL.field(product.clock(by), SQLDataType.LOCALDATETIME(6)))
                        .minus(by);
                assertTrue(!plain.isBefore(before) && !plain.isAfter(now(dsl, product)), () -> plain + ", " + before);
            }
            return null;
        });
    }

    private static void addsExactly(Server server) throws Exception {
        inOtherZone(server, dsl -> {
            for (LocalDateTime time : CHANGES) {
                for (long millis : new long[] {0, 1, 999, 3_600_000, 86_400_000, 30L * 86_400_000}) {
                    Duration by = Duration.ofMillis(millis);
                    LocalDateTime later =
                            read(dsl, server.product().later(DSL.inline(time, SQLDataType.LOCALDATETIME(6)), by));
                    assertEquals(time.plus(by), later, () -> by + " after " + time);
                }
            }
            return null;
        });
    }

    /** The connection isn't given back, since its session's zone isn't the pool's. */
    static <T> T inOtherZone(Server server, Server.Asking<T> asking) throws Exception {
        Connection connection = server.source().getConnection();
        setOtherZone(server, connection);
        return asking.of(DSL.using(connection, server.product().dialect()));
    }

    static void setOtherZone(Server server, Connection connection) throws SQLException {
        SQLException refused = null;
        for (String zone : server.words().otherZones()) {
            try (var statement = connection.createStatement()) {
                statement.execute(zone);
                return;
            } catch (SQLException unknown) {
                refused = unknown;
            }
        }
        throw new AssertionError("no other time zone can be set", refused);
    }
}
