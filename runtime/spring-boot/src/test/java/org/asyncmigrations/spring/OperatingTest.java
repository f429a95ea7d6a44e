package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.spring.AsyncMigrationsEndpoint.Given;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.asyncmigrations.spring.shop.TokenVault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What a migration that fails does to the application, its health and its exit code, and who orders it to go on. */
class OperatingTest {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** An application whose vault can't be reached at first. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        private final AtomicInteger calls = new AtomicInteger();

        @Bean
        TokenVault legacy() {
            return () -> {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("the vault is locked");
                }
            };
        }
    }

    /** What a job would end the process with. */
    @Configuration(proxyBeanMethods = false)
    static class Exits {
        private static final List<Integer> CODES = new ArrayList<>();

        @Bean
        @Primary
        JobExit exit() {
            return CODES::add;
        }
    }

    private static SpringApplicationBuilder application(String... properties) {
        return new SpringApplicationBuilder(Application.class, Exits.class)
                .properties(
                        "spring.datasource.url=jdbc:h2:mem:operating" + DATABASES.incrementAndGet(),
                        "async-migrations.test-registries=true",
                        "async-migrations.max-attempts=1",
                        "async-migrations.poll-every=10ms",
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoints.jmx.exposure.include=*")
                .properties(properties);
    }

    static SecurityContext of(String name) {
        return new SecurityContext() {
            @Override
            public Principal getPrincipal() {
                return () -> name;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }
        };
    }

    @Test
    void anOrderBearsTheNameOfThePrincipal() throws Exception {
        try (ConfigurableApplicationContext context = application().run()) {
            AsyncMigrationRegistry migrations = context.getBean(AsyncMigrationRegistry.class);
            assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.FAILED);
            AsyncMigrationsEndpoint endpoint = context.getBean(AsyncMigrationsEndpoint.class);

            assertThat(endpoint.order("20261129_090000", Order.RETRY, "unlocked", null, null, null, of("ana")))
                    .isEqualTo(new Given(true, ""));
            assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.DONE);
            Operator operator = context.getBean(SpringRegistries.class).operator(migrations);
            assertThat(operator.events(EventQuery.latest(100)))
                    .anyMatch(event -> event.who().equals("ana")
                            && "unlocked".equals(event.detail())
                            && event.version() == 20261129_090000L);
            assertThatThrownBy(() -> endpoint.order("20270101_000000", Order.RETRY, "why", null, null, null, of("ana")))
                    .isInstanceOf(InvalidEndpointRequestException.class);
        }
    }

    @Test
    void aTuningIsUnderstoodAsAWholeOrRefused() throws Exception {
        try (ConfigurableApplicationContext context = application().run()) {
            context.getBean(AsyncMigrationRegistry.class).dispatch().await();
            AsyncMigrationsEndpoint endpoint = context.getBean(AsyncMigrationsEndpoint.class);
            String version = "20261129_090000";

            assertThat(endpoint.order(version, Order.TUNE, "slow", "workers=1 load=0.25", null, null, of("ana")))
                    .isEqualTo(new Given(true, ""));
            assertThat(endpoint.migration(version).tuning()).isEqualTo("workers=1 load=0.25");
            assertThat(endpoint.order(version, Order.TUNE, "fast", "none", null, null, of("ana")))
                    .isEqualTo(new Given(true, ""));
            assertThat(endpoint.migration(version).tuning()).isNull();
            for (String wrong : new String[] {null, "", "workers=0", "workers=1 laod=0.5", "load"}) {
                assertThatThrownBy(() -> endpoint.order(version, Order.TUNE, "slow", wrong, null, null, of("ana")))
                        .isInstanceOf(InvalidEndpointRequestException.class);
            }
            assertThat(endpoint.order(version, Order.APPROVE, "go", null, null, null, of("ana"))
                            .why())
                    .contains("approval");
        }
    }

    @Test
    void aFailedMigrationIsNoDeadApplicationUnlessSaidSo() throws Exception {
        for (String status : List.of("UP", "DOWN")) {
            try (ConfigurableApplicationContext context = application("async-migrations.health.failed-status=" + status)
                    .run()) {
                context.getBean(AsyncMigrationRegistry.class).dispatch().await();
                var health =
                        context.getBean(AsyncMigrationsHealthIndicator.class).health();

                assertThat(health.getStatus()).isEqualTo(new Status(status));
                assertThat(health.getDetails().toString())
                        .contains("done=1", "failed=1", "20261129_090000 ForgetTokens=failed: ", "the vault is locked");
            }
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aJobEndsTheContextAndThenTheProcessWithTheExitCode(CapturedOutput log) {
        Exits.CODES.clear();
        ConfigurableApplicationContext failed = application(
                        "async-migrations.dispatch=job", "logging.level.org.asyncmigrations.spring=info")
                .run();
        ConfigurableApplicationContext done = application(
                        "async-migrations.dispatch=job",
                        "logging.level.org.asyncmigrations.spring=info",
                        "async-migrations.max-attempts=2",
                        "async-migrations.job-timeout=1m")
                .run();

        assertThat(Exits.CODES).containsExactly(1, 0);
        assertThat(log)
                .contains(".skip(\"why\") (exit code 1)", "async migrations: all migrations are done (exit code 0)");
        assertThat(failed.isActive()).isFalse();
        assertThat(done.isActive()).isFalse();
    }
}
