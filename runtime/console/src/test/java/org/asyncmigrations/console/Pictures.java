package org.asyncmigrations.console;

import static org.asyncmigrations.console.StateRows.TABLES;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.jooq.Field;

/** Takes pictures of all pages, in both modes and several widths, for people to look at: {@code target/pictures}. No test. */
public final class Pictures {
    static final long FILL = 20261121_093000L;
    static final long FORGET = 20261122_090000L;
    static final long SPLIT = 20261127_141500L;
    static final long TRIM = 20261118_160000L;

    private Pictures() {}

    private static MigrationEntry async(long version, String name) {
        return MigrationEntry.async(version, "com.acme.shop.migrations." + name, By.PENDING_ROWS, "f" + version);
    }

    /** A shop in the middle of a back-fill, with what waits behind it and what is done. */
    static StateRows shop() {
        StateRows rows = StateRows.on(TestDatabase.H2);
        rows.register(
                async(20261003_080000L, "NormalizePhoneNumbers"),
                async(20261011_113000L, "BackfillOrderTotals"),
                MigrationEntry.afterRelease(
                        20261014_090000L, "com.acme.shop.migrations.DropLegacyCarts", By.TRANSACTION, "d"),
                async(20261102_150000L, "MoveAvatarsToObjectStore"),
                async(TRIM, "TrimCustomerNames"),
                async(FILL, "BackfillEmailLower"),
                MigrationEntry.afterRelease(FORGET, "com.acme.shop.migrations.ForgetLegacyTokens", By.TRANSACTION, "g"),
                async(SPLIT, "SplitStreetAndNumber"));
        rows.forgetEvents();
        String versions = "20261003080000,20261011113000,20261014090000,20261102150000,20261118160000," + FILL + ","
                + FORGET + "," + SPLIT;
        rows.instance(
                "shop-1:17:4f21c0",
                "shop-7d9f-1.eu.acme.example",
                "2.5.0",
                StateRows.BUILD,
                versions,
                Duration.ofSeconds(4));
        rows.instance(
                "shop-2:17:b83e77",
                "shop-7d9f-2.eu.acme.example",
                "2.5.0",
                StateRows.BUILD,
                versions,
                Duration.ofSeconds(9));
        rows.instance(
                "shop-3:17:90ad15",
                "shop-6c11-3.eu.acme.example",
                "2.4.3",
                "1f07c6b3e9aa",
                "20261003080000," + FILL,
                Duration.ofSeconds(2));
        LocalDateTime now = StateRows.now();
        var m = TABLES.migrations();
        done(rows, 20261003_080000L, now.minusDays(57), Duration.ofMinutes(94), 8_120_411);
        done(rows, 20261011_113000L, now.minusDays(49), Duration.ofSeconds(4_210), 21_904_662);
        done(rows, 20261014_090000L, now.minusDays(46), Duration.ofMillis(412), 1);
        done(rows, 20261102_150000L, now.minusDays(27), Duration.ofHours(31), 912_006);
        done(rows, TRIM, now.minusDays(11), Duration.ofSeconds(761), 3_310_924);
        rows.set(
                FILL,
                Map.of(
                        m.STATE,
                        "processing",
                        m.ROWS_ESTIMATED,
                        32_400_000L,
                        m.ROWS_DONE,
                        11_300_000L,
                        m.KEYS_WALKED,
                        11_552_000L,
                        m.ATTEMPTS,
                        1,
                        m.STARTED_AT,
                        now.minusMinutes(51),
                        m.UPDATED_AT,
                        now,
                        m.TUNING,
                        "workers=2 load=0.6"));
        rows.range(FILL, 31, "shop-1:17:4f21c0#1", "11500000", "11981200", "12000000", 2_460);
        rows.range(FILL, 32, "shop-2:17:b83e77#2", "12000000", "12214400", "12500000", 2_190);
        rows.event(
                FILL,
                "registered",
                Duration.ofMinutes(52),
                "shop-1:17:4f21c0",
                "com.acme.shop.migrations.BackfillEmailLower");
        rows.event(FILL, "started", Duration.ofMinutes(51), "shop-1:17:4f21c0", "1,900 rows a batch to begin with");
        rows.event(FILL, "paused", Duration.ofMinutes(22), "ana", "checkout is slow, see incident 4711");
        rows.event(FILL, "resumed", Duration.ofMinutes(17), "ana", "checkout is fine again");
        rows.event(FILL, "tuned", Duration.ofMinutes(16), "ana", "workers=2 load=0.6: leave room for the evening");
        return rows;
    }

    private static void done(StateRows rows, long version, LocalDateTime at, Duration took, long changed) {
        var m = TABLES.migrations();
        rows.set(
                version,
                Map.of(
                        m.STATE,
                        "done",
                        m.ROWS_DONE,
                        changed,
                        m.ROWS_ESTIMATED,
                        changed,
                        m.KEYS_WALKED,
                        changed,
                        m.STARTED_AT,
                        at.minus(took),
                        m.FINISHED_AT,
                        at,
                        m.UPDATED_AT,
                        at));
    }

    /** A back-fill that has failed on some rows, and what waits for it. */
    static StateRows billing() {
        StateRows rows = StateRows.on(TestDatabase.H2);
        rows.register(
                async(TRIM, "TrimInvoiceNotes"),
                async(FILL, "ConvertAmountsToCents"),
                async(SPLIT, "IndexInvoicesByMonth"));
        rows.forgetEvents();
        rows.instance(
                "billing-1:9:77aa",
                "billing-1",
                "1.18",
                StateRows.BUILD,
                TRIM + "," + FILL + "," + SPLIT,
                Duration.ofSeconds(1));
        LocalDateTime now = StateRows.now();
        done(rows, TRIM, now.minusDays(3), Duration.ofSeconds(340), 1_201_334);
        var m = TABLES.migrations();
        rows.set(
                FILL,
                Map.<Field<?>, Object>of(
                        m.STATE,
                        "failed",
                        m.ROWS_ESTIMATED,
                        5_400_000L,
                        m.ROWS_DONE,
                        5_399_998L,
                        m.KEYS_WALKED,
                        5_400_000L,
                        m.ATTEMPTS,
                        5,
                        m.STARTED_AT,
                        now.minusMinutes(140),
                        m.FINISHED_AT,
                        now.minusMinutes(6),
                        m.UPDATED_AT,
                        now.minusMinutes(6),
                        m.ERROR,
                        """
                org.asyncmigrations.MigrationException: 2 rows of invoices were set aside and are not done; the first is 401177: numeric field overflow
                	at org.asyncmigrations.dispatch.BatchAttempt.end(BatchAttempt.java:214)
                	at org.asyncmigrations.dispatch.Attempt.run(Attempt.java:88)
                Caused by: java.lang.ArithmeticException: amount 9223372036854775.81 does not fit
                	at com.acme.shop.migrations.ConvertAmountsToCents.lambda$migrate$0(ConvertAmountsToCents.java:37)"""));
        rows.reject(FILL, "401177", "java.lang.ArithmeticException: amount 9223372036854775.81 does not fit");
        rows.reject(
                FILL,
                "2209541",
                "org.postgresql.util.PSQLException: ERROR: numeric field overflow\n  Detail: A field with precision 12, scale 2 must round to an absolute value less than 10^10.");
        rows.event(FILL, "started", Duration.ofMinutes(140), "billing-1:9:77aa", "");
        rows.event(
                FILL,
                "rejected",
                Duration.ofMinutes(61),
                "billing-1:9:77aa",
                "401177: amount 9223372036854775.81 does not fit");
        rows.event(FILL, "failed", Duration.ofMinutes(6), "billing-1:9:77aa", "2 rows were set aside");
        return rows;
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("user.name", "ana");
        Path to = Path.of(arguments.length > 0 ? arguments[0] : "target/pictures");
        try (StateRows shop = shop();
                StateRows billing = billing();
                StateRows empty = StateRows.on(TestDatabase.H2);
                var bare = TestDatabase.H2.fresh();
                Chromium browser = Chromium.start()) {
            Instant[] time = {Instant.now().minus(Duration.ofMinutes(24))};
            Authorizer all = (principal, registry, order, version) -> true;
            Console one = Console.builder()
                    .registry("shop", shop.operator())
                    .authorizer(all)
                    .build(() -> time[0]);
            // Half an hour of looks, each with another speed, for the curve.
            curve(shop, one, time);
            Map<String, Operator> tenants = new LinkedHashMap<>();
            tenants.put("billing", billing.operator());
            tenants.put("shop", shop.operator());
            tenants.put("archive", empty.operator());
            tenants.put("reports", Operator.of(bare.dataSource()));
            for (int i = 1; i <= 70; i++) {
                tenants.put(String.format("tenant-%04d", i), i % 9 == 0 ? billing.operator() : shop.operator());
            }
            Console many =
                    Console.builder().registries(() -> tenants).authorizer(all).build();
            Console readOnly = Console.of(shop.operator());
            try (ConsoleServer first = ConsoleServer.of(one).start();
                    ConsoleServer second = ConsoleServer.of(many).start();
                    ConsoleServer third = ConsoleServer.of(readOnly).start()) {
                Tab tab = browser.open();
                tab.go(first.uri().toString());
                all(tab, to, first, "list", "");
                all(tab, to, first, "migration", "?migration=20261121_093000");
                all(tab, to, first, "instances", "?view=instances");
                all(tab, to, first, "events", "?view=events");
                all(tab, to, first, "missing", "?migration=1");
                tab.go(second.uri().toString());
                tab.until("document.querySelectorAll('.not-read-yet').length === 0");
                all(tab, to, second, "registries", "");
                all(tab, to, second, "failed", "?registry=billing&migration=20261121_093000");
                all(tab, to, second, "failed-list", "?registry=billing");
                all(tab, to, second, "empty", "?registry=archive");
                all(tab, to, second, "no-tables", "?registry=reports");
                tab.go(third.uri().toString());
                all(tab, to, third, "read-only", "?migration=20261121_093000");
            }
            one.close();
            many.close();
            readOnly.close();
        }
    }

    private static void curve(StateRows shop, Console console, Instant[] time) {
        var r = TABLES.ranges();
        double[] wave = {1, 1.02, .97, 1.05, .9, 1.01, 1.08, 1.0, .95, .99};
        for (int i = 0; i < 288; i++) {
            boolean rests = i > 60 && i < 100;
            double tuned = i < 60 ? 1.9 : i < 120 ? Math.min(1, (i - 95) / 20.0) : 1;
            long rate = rests ? 0 : (long) Math.max(0, 2_300 * tuned * wave[i % 10] * (1 + .05 * Math.sin(i / 9.0)));
            shop.database()
                    .dsl()
                    .update(r)
                    .set(r.KEYS_PER_SECOND, rate)
                    .set(r.BATCH_KEYS, (long) (rests ? 0 : 1_900 * wave[(i / 7) % 10] * (i < 60 ? 1.4 : 1)))
                    .execute();
            shop.set(FILL, Map.of(TABLES.migrations().PAUSED, rests));
            time[0] = time[0].plusSeconds(5);
            console.answer(new ConsoleRequest("GET", "", name -> null, Map.of(), "ana", Map.of()));
        }
        shop.set(FILL, Map.of(TABLES.migrations().PAUSED, false));
    }

    private static void all(Tab tab, Path to, ConsoleServer server, String name, String query) {
        String base = server.uri().toString().replaceAll("\\?.*", "");
        for (String mode : List.of("light", "dark")) {
            for (int width :
                    name.matches("list|migration|registries|failed") ? new int[] {1280, 360, 2560} : new int[] {1280}) {
                if (width == 2560 && mode.equals("dark")) {
                    continue;
                }
                tab.mode(mode).width(width).go(base + query);
                if (name.equals("migration") || name.equals("failed")) {
                    tab.click(name.equals("failed") ? "#order-retry summary" : "#order-tune summary");
                }
                tab.shot(to.resolve(name + "-" + width + "-" + mode + ".png"));
            }
        }
    }
}
