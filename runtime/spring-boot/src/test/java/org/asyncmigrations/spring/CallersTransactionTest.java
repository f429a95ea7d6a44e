package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A registry that is asked within a transaction of the application's leaves it what it was. */
class CallersTransactionTest {
    /** What the application does. */
    @Component
    static class Checkout {
        private final JdbcTemplate jdbc;
        private final AsyncMigrationRegistry migrations;

        Checkout(JdbcTemplate jdbc, AsyncMigrationRegistry migrations) {
            this.jdbc = jdbc;
            this.migrations = migrations;
        }

        @Transactional
        void order(BiConsumer<JdbcTemplate, AsyncMigrationRegistry> work) {
            jdbc.update("insert into customers (id) select coalesce(max(id), 0) + 100 from customers");
            work.accept(jdbc, migrations);
        }

        @Transactional(readOnly = true)
        int orders() {
            return jdbc.queryForObject("select count(*) from customers where id >= 100", Integer.class);
        }
    }

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Shop.Vaults.class, Checkout.class})
    static class Application {}

    private static ConfigurableApplicationContext context(String name, int connections) {
        return RegistryLifecycleTest.application(
                        "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1",
                        // Flyway needs two connections.
                        "spring.flyway.url=jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1",
                        "spring.flyway.user=sa",
                        "async-migrations.dispatch=manual",
                        "spring.datasource.hikari.maximum-pool-size=" + connections,
                        "spring.datasource.hikari.connection-timeout=20000")
                .sources(Application.class)
                .run();
    }

    @Test
    void whatIsAskedNeitherEndsNorChangesIt() {
        try (ConfigurableApplicationContext context = context("asked", 4)) {
            Checkout checkout = context.getBean(Checkout.class);
            assertThatThrownBy(() -> checkout.order((jdbc, migrations) -> {
                        migrations.status();
                        assertThat(migrations.normalizeEmails().isDone()).isFalse();
                        assertThatThrownBy(() -> migrations.normalizeEmails().requireDone())
                                .isInstanceOf(MigrationNotDoneException.class);
                        migrations.dispatch();
                        throw new IllegalStateException("rolled back");
                    }))
                    .hasMessage("rolled back");
            assertThat(checkout.orders()).isZero();

            checkout.order((jdbc, migrations) -> migrations.status());
            assertThat(checkout.orders()).isEqualTo(1);
        }
    }

    /** The caller has the only connection: that is said at once, what is known is answered, and the work continues. */
    @Test
    void aPoolOfOneIsNoDeadlock() throws Exception {
        try (ConfigurableApplicationContext context = context("one", 1)) {
            Checkout checkout = context.getBean(Checkout.class);
            long begun = System.nanoTime();
            checkout.order((jdbc, migrations) -> {
                assertThat(migrations.dispatch().outcome()).isEqualTo(Dispatch.Outcome.RUNNING);
                for (ThrowingCallable asked : List.<ThrowingCallable>of(
                        migrations::status, () -> migrations.normalizeEmails().requireDone())) {
                    assertThatThrownBy(asked)
                            .isInstanceOf(MigrationException.class)
                            .hasMessageContaining("the caller's transaction holds the only connection of the pool");
                }
            });
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("the pool's time-out")
                    .isLessThan(Duration.ofSeconds(15));
            AsyncMigrationRegistry migrations = context.getBean(AsyncMigrationRegistry.class);
            assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.DONE);
            assertThat(migrations.normalizeEmails().isDone()).isTrue();
            checkout.order((jdbc, unused) -> migrations.normalizeEmails().requireDone());
            assertThat(checkout.orders()).isEqualTo(2);
        }
    }
}
