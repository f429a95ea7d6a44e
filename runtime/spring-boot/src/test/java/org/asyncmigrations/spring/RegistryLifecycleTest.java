package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.State;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** When the registry arrives, works and closes. */
class RegistryLifecycleTest {
    private static int databases;

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.Vaults.class)
    static class Application {}

    private static String url() {
        return "jdbc:h2:mem:lifecycle" + ++databases + ";DB_CLOSE_DELAY=-1";
    }

    static SpringApplicationBuilder application(String url, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.datasource.url=" + url,
                        "async-migrations.test-registries=true",
                        "async-migrations.poll-every=10ms",
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off")
                .properties(properties);
    }

    @Test
    void theWorkBeginsWhenTheApplicationIsReady() throws Exception {
        try (ConfigurableApplicationContext context = application(url()).run()) {
            AsyncMigrationRegistry migrations = context.getBean(AsyncMigrationRegistry.class);

            assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.DONE);
            assertThat(context.getBean(Shop.Vaults.class).forgotten.getCount()).isZero();
        }
    }

    @Test
    void dispatchedByHandItDoesNothingUntilThen() throws Exception {
        try (ConfigurableApplicationContext context =
                application(url(), "async-migrations.dispatch=manual").run()) {
            AsyncMigrationRegistry migrations = context.getBean(AsyncMigrationRegistry.class);

            assertThat(migrations.forgetTokens().state()).isEqualTo(State.CREATED);
            assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.DONE);
        }
    }

    @Test
    void aBuildThatIsTooOldDoesNotStart() throws Exception {
        String url = url();
        try (ConfigurableApplicationContext context = application(url).run()) {
            context.getBean(AsyncMigrationRegistry.class).dispatch().await();
            context.getBean(JdbcTemplate.class)
                    .execute("insert into \"async_schema_migrations\" select 20270101000000,"
                            + " 'com.acme.DropNames', 'after_release', * except (\"version\", \"name\", \"phase\") from"
                            + " \"async_schema_migrations\" where \"version\" = 20261128090000");
        }
        assertThatThrownBy(() ->
                        application(url, "async-migrations.dispatch=manual").run())
                .rootCause()
                .isInstanceOf(BuildTooOldException.class);
        application(url, "async-migrations.allow-too-old=true").run().close();
    }

    /** A whole application as a child, with all that is configured of itself. */
    @Test
    void aChildContextHasTheParentsRegistryAndLeavesItAtWork() throws Exception {
        try (ConfigurableApplicationContext parent = application(url()).run()) {
            AsyncMigrationRegistry migrations = parent.getBean(AsyncMigrationRegistry.class);
            ConfigurableApplicationContext child =
                    application("").parent(parent).run();
            assertThat(child.getBeanFactory().containsLocalBean(Shop.REGISTRY)).isFalse();
            assertThat(child.getBean(AsyncMigrationRegistry.class)).isSameAs(migrations);
            assertThat(new AsyncMigrationsEndpoint(child, child.getBean(SpringRegistries.class))
                            .migration("20261128_090000"))
                    .isNotNull();
            child.close();

            assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.DONE);
        }
    }

    /** As tests keep them in their cache. */
    @Test
    void contextsOverOneDatabaseEndEachForItself() throws Exception {
        String url = url();
        ConfigurableApplicationContext first =
                application(url, "async-migrations.dispatch=manual").run();
        try (ConfigurableApplicationContext second = application(url).run()) {
            first.close();

            assertThat(second.getBean(RegistryLifecycle.class).isRunning()).isTrue();
            assertThat(second.getBean(AsyncMigrationRegistry.class).dispatch().await())
                    .isEqualTo(Dispatch.Outcome.DONE);
        }
    }

    @Test
    void lazyBeansOverridingAndVirtualThreadsChangeNothing() throws Exception {
        try (ConfigurableApplicationContext context = application(
                        url(),
                        "spring.main.lazy-initialization=true",
                        "spring.main.allow-bean-definition-overriding=true",
                        "spring.threads.virtual.enabled=true")
                .run()) {
            assertThat(context.getBean(RegistryLifecycle.class).isRunning()).isTrue();
            assertThat(context.getBean(Shop.Vaults.class).forgotten.await(1, TimeUnit.MINUTES))
                    .isTrue();
        }
    }

    @Test
    void theWorkEndsBeforeTheWebServersAndTheRegistryBehindThem() {
        ConfigurableApplicationContext context = application(url()).run();
        AsyncMigrationRegistry migrations = context.getBean(AsyncMigrationRegistry.class);
        CountDownLatch stopped = new CountDownLatch(1);
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent) {
                assertThatThrownBy(migrations::dispatch).hasMessageContaining("closed");
                assertThat(context.getBean(RegistryLifecycle.class).isRunning()).isTrue();
                stopped.countDown();
            }
        });
        context.close();

        assertThat(stopped.getCount()).isZero();
        assertThat(context.isActive()).isFalse();
    }

    @Test
    void contextsSideBySideHaveTheirOwnRegistries() throws Exception {
        try (ConfigurableApplicationContext first = application(url()).run();
                ConfigurableApplicationContext second = application(url()).run()) {
            for (ConfigurableApplicationContext context : List.of(first, second)) {
                assertThat(context.getBean(AsyncMigrationRegistry.class)
                                .dispatch()
                                .await())
                        .isEqualTo(Dispatch.Outcome.DONE);
            }
        }
    }
}
