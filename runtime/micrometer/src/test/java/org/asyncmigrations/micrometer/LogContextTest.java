package org.asyncmigrations.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.Verified;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.TestCatalog;
import org.asyncmigrations.release.Gate;
import org.asyncmigrations.release.GateAnswer;
import org.asyncmigrations.throttle.Answer;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Log lines say which migration they belong to; here, where the logging backend is one that keeps that. */
class LogContextTest {
    private static final Logger ALL = (Logger) LoggerFactory.getLogger("org.asyncmigrations");
    private static final Logger USERS = (Logger) LoggerFactory.getLogger("org.asyncmigrations.users");

    private final ListAppender<ILoggingEvent> kept = new ListAppender<>();

    @BeforeEach
    void keep() {
        MDC.clear();
        kept.start();
        ALL.addAppender(kept);
        ALL.setLevel(Level.DEBUG);
    }

    @AfterEach
    void forget() {
        ALL.detachAppender(kept);
        ALL.setLevel(null);
        MDC.clear();
    }

    /** Logs from its constructor, its work and its proof. */
    private static final class Talking implements DataMigration, Verified {
        private final boolean fails;

        Talking(boolean fails) {
            this.fails = fails;
            USERS.info("made");
        }

        @Override
        public void migrate(MigrationRun run) {
            USERS.info("migrates");
            if (fails) {
                throw new IllegalStateException("no");
            }
        }

        @Override
        public Select<?> violations() {
            USERS.info("proves");
            return DSL.selectOne().where(DSL.falseCondition());
        }
    }

    private List<String> lines() {
        return kept.list.stream()
                .filter(event ->
                        event.getFormattedMessage().matches("made|migrates|proves|asked|.*(started|failed|is done).*"))
                .map(event -> event.getFormattedMessage().replaceFirst(".*?\\) (started|failed|is done).*", "$1") + " "
                        + event.getMDCPropertyMap().get("asyncMigrations.version") + " "
                        + event.getMDCPropertyMap().get("asyncMigrations.migration"))
                .toList();
    }

    @Test
    void allLinesOfAnAttemptBearItsMigrationAndTheOuterValuesAreThereAgain() {
        MDC.put("asyncMigrations.version", "outer");
        MDC.put("request", "4711");
        Map<String, String> before = MDC.getCopyOfContextMap();
        ManualWorker worker = new ManualWorker();
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations = new TestCatalog()
                        .with(
                                MigrationEntry.async(Shop.FILL, "shop.First", By.TRANSACTION, "f1"),
                                () -> new Talking(false))
                        .with(
                                MigrationEntry.async(Shop.FORGET, "shop.Second", By.TRANSACTION, "f2"),
                                () -> new Talking(true))
                        .on(fresh.dataSource())
                        .throttle(run -> {
                            USERS.info("asked");
                            return Answer.goOn();
                        })
                        .worker(worker)
                        .build()) {
            migrations.dispatch();
            worker.untilIdle();
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
        }
        String first = " 20261121_093000 First";
        String second = " 20261122_090000 Second";
        assertThat(lines())
                .containsExactly(
                        "asked" + first,
                        "made" + first,
                        "started" + first,
                        "migrates" + first,
                        "proves" + first,
                        "is done" + first,
                        "asked" + second,
                        "made" + second,
                        "started" + second,
                        "migrates" + second,
                        "failed" + second);
    }

    @Test
    void aGateIsAskedForItsMigration() {
        Gate talking = run -> {
            USERS.info("asked");
            return GateAnswer.open();
        };
        ManualWorker worker = new ManualWorker();
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations =
                        Shop.on(fresh).gate(talking).worker(worker).build()) {
            migrations.dispatch();
            worker.untilIdle();
        }
        assertThat(lines()).contains("asked 20261122_090000 ForgetTokens");
    }

    @Test
    void thePlanOfAMigrationIsLoggedAsItsOwn() {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations = new TestCatalog()
                        .with(
                                MigrationEntry.async(Shop.FILL, "shop.First", By.TRANSACTION, "f1"),
                                () -> new Talking(false))
                        .on(fresh.dataSource())
                        .build()) {
            assertThatThrownBy(() -> migrations.migration(Shop.FILL).plan()).hasMessageContaining("one piece");
        }
        assertThat(lines()).containsExactly("made 20261121_093000 First");
        assertThat(MDC.get("asyncMigrations.version")).isNull();
    }
}
