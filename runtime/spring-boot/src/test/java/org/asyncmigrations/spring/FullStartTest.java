package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.console.Authorizer;
import org.asyncmigrations.spring.shop.AsyncMigrationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** An application with a web server, Actuator and Flyway on PostgreSQL. */
class FullStartTest {
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext context;
    private static final AtomicReference<Boolean> ARRIVED = new AtomicReference<>();

    /** A listener that is a bean. */
    @Configuration(proxyBeanMethods = false)
    static class Ears {
        private static final AtomicLong ROWS = new AtomicLong();

        @Bean
        DispatchListener listener() {
            return new DispatchListener() {
                @Override
                public void onEvent(MigrationEvent event) {}

                @Override
                public void onBatch(BatchEvent batch) {
                    ROWS.addAndGet(batch.rows());
                }
            };
        }
    }

    /** Who is asked by the console, behind what Spring Security would have put before it. */
    @Configuration(proxyBeanMethods = false)
    static class Secured {
        @Bean
        Authorizer authorizer() {
            return (principal, registry, order, version) -> principal.equals("ana");
        }

        @Bean
        FilterRegistrationBean<Filter> security() {
            Principal ana = () -> "ana";
            return new FilterRegistrationBean<>((request, response, chain) -> {
                request.setAttribute(
                        CsrfToken.class.getName(), new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "the token"));
                chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public Principal getUserPrincipal() {
                                return ana;
                            }
                        },
                        response);
            });
        }
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        context = RegistryLifecycleTest.application(
                        postgres.getJdbcUrl("postgres", "postgres"),
                        "spring.datasource.username=postgres",
                        "server.port=0",
                        // From JDK 21 on.
                        "spring.threads.virtual.enabled=true",
                        "async-migrations.console.enabled=true",
                        "async-migrations.console.path=/ops/migrations",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.asyncmigrations.access=unrestricted",
                        "management.endpoint.health.show-details=always",
                        "management.metrics.tags.application=shop",
                        "management.endpoint.health.probes.enabled=true")
                .sources(Ears.class, Secured.class)
                .web(WebApplicationType.SERVLET)
                .properties("spring.main.web-application-type=servlet")
                .listeners((ApplicationListener<WebServerInitializedEvent>)
                        serving -> ARRIVED.set(serving.getApplicationContext()
                                .getBean(RegistryLifecycle.class)
                                .isRunning()))
                .run();
        assertThat(context.getBean(AsyncMigrationRegistry.class).dispatch().await())
                .isEqualTo(Dispatch.Outcome.DONE);
    }

    @AfterAll
    static void stop() throws Exception {
        context.close();
        postgres.close();
    }

    private static RestClient actuator() {
        return RestClient.create(
                "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + "/actuator");
    }

    private static String get(String path) {
        return String.valueOf(actuator().get().uri(path).retrieve().body(String.class));
    }

    @Test
    void theColumnThatFlywayHasMadeIsFilled() {
        assertThat(context.getBean(JdbcClient.class)
                        .sql("select email_normalized from customers where id = 1")
                        .query(String.class)
                        .single())
                .isEqualTo("anna@example.org");
    }

    @Test
    void theRegistryIsMadeBehindFlyway() {
        assertThat(context.getBeanFactory().getBeanDefinition(Shop.REGISTRY).getDependsOn())
                .contains("flywayInitializer");
    }

    @Test
    void theInstanceHasArrivedBeforeTheWebServerServes() {
        assertThat(ARRIVED).hasValue(true);
    }

    @Test
    void theEndpointTellsWhereTheMigrationsStand() {
        String time = "\"2[-0-9T:.]+Z\"";
        assertThat(get("/asyncmigrations").replaceAll(time, "\"…\""))
                .startsWith(
                        "{\"contexts\":{\"application\":{\"registries\":{\"" + Shop.REGISTRY + "\":{\"migrations\":["
                                + "{\"version\":20261128090000,\"name\":\"org.asyncmigrations.spring.shop.NormalizeEmails\","
                                + "\"phase\":\"async\",\"state\":\"done\",\"paused\":false,\"attempts\":1,\"rowsDone\":2,")
                .contains("\"startedAt\":\"…\",\"finishedAt\":\"…\",\"lastProgressAt\":\"…\"", "\"owners\":[]");
        assertThat(get("/asyncmigrations/20261129_090000")).contains("shop.ForgetTokens");
    }

    @Test
    void anOrderThatTheStateDoesNotAllowIsAnsweredWithTheReason() {
        assertThat(actuator()
                        .post()
                        .uri("/asyncmigrations/20261128_090000")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Map.of("order", "pause", "reason", "checkout is slow"))
                        .retrieve()
                        .body(String.class))
                .isEqualTo("{\"given\":false,\"why\":\"migration 20261128_090000 is already done\"}");
    }

    @Test
    void anOrderThatIsNotUnderstoodIsAnsweredWithTheReason() {
        Map<Map<String, String>, String> whyNot = Map.of(
                Map.of("order", "pause"), "An order has a reason.",
                Map.of("order", "stop", "reason", "slow"), "An order is one of pause, resume, approve, ",
                Map.of("reason", "slow"), "; not null.",
                Map.of("order", "tune", "reason", "slow", "tuning", "workers=one"), "A tuning is written as ");
        whyNot.forEach((order, why) -> assertThatThrownBy(() -> actuator()
                        .post()
                        .uri("/asyncmigrations/20261128_090000")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(order)
                        .retrieve()
                        .toBodilessEntity())
                .isInstanceOf(HttpClientErrorException.BadRequest.class)
                .hasMessageContaining("\"given\":false,\"why\":\"")
                .hasMessageContaining(why));
    }

    @Test
    void healthHasDetailsAndIsInNoProbe() {
        assertThat(get("/health/asyncMigrations"))
                .isEqualTo("{\"details\":{\"" + Shop.REGISTRY + "\":{\"done\":2}},\"status\":\"UP\"}");
        assertThat(get("/health/liveness") + get("/health/readiness")).doesNotContain("asyncMigrations");
    }

    @Test
    void aListenerThatIsABeanIsToldOfTheBatches() {
        assertThat(Ears.ROWS).hasValue(2);
    }

    @Test
    void theConsoleIsServedToWhomSpringSecurityNames() {
        RestClient console = RestClient.create("http://localhost:"
                + context.getEnvironment().getRequiredProperty("local.server.port") + "/ops/migrations");
        String list = console.get().retrieve().body(String.class);
        assertThat(list).contains("NormalizeEmails", ">ana<", "<b>2</b> done");
        String answer = console.post()
                .uri("?migration=20261128_090000&order=pause&format=json")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("reason=slow&_csrf=the+token")
                .retrieve()
                .onStatus(status -> status.value() == 409, (request, response) -> {})
                .body(String.class);
        assertThat(answer).contains("\"given\":false", "is already done");
    }

    @Test
    void prometheusIsToldOfTheBatches() {
        String migration = "{application=\"shop\",migration=\"NormalizeEmails\",registry=\"" + Shop.REGISTRY
                + "\",version=\"20261128_090000\"} ";
        assertThat(get("/prometheus").lines().filter(line -> line.startsWith("async_migrations_")))
                .contains("async_migrations_rows_total" + migration + "2.0")
                .contains("async_migrations_rejects_total" + migration + "0.0")
                .contains("async_migrations_batch_seconds_count" + migration + "1")
                .anyMatch(line -> line.startsWith("async_migrations_status_age_seconds{application=\"shop\",registry=\""
                        + Shop.REGISTRY + "\"} "));
    }
}
