package org.asyncmigrations.example.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.example.existing.migrations.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

class ShopApplicationTest {
    @Test
    void theColumnThatFlywayHasAddedIsFilledBehindTheStart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                var application = SpringApplication.run(
                        ShopApplication.class,
                        "--server.port=0",
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres")) {
            JdbcClient jdbc = application.getBean(JdbcClient.class);

            // The application has already dispatched; this call only returns the dispatch to wait for.
            assertThat(application
                            .getBean(AsyncMigrationRegistry.class)
                            .dispatch()
                            .await(Duration.ofMinutes(1)))
                    .isEqualTo(Dispatch.Outcome.DONE);
            assertThat(jdbc.sql("select email_normalized from customers where id = 7")
                            .query(String.class)
                            .single())
                    .isEqualTo("customer.7@example.com");
            assertThat(jdbc.sql("select count(*) from customers where email_normalized is null")
                            .query(Long.class)
                            .single())
                    .isZero();
            operatorsSeeItAndMayRetryIt(application.getEnvironment().getRequiredProperty("local.server.port"));
        }
    }

    private static void operatorsSeeItAndMayRetryIt(String port) {
        RestClient operator = RestClient.create("http://localhost:" + port + "/operators/migrations");

        assertThat(operator.get().retrieve().body(String.class)).contains("NormalizeEmails", "done");
        for (String order : new String[] {"retry", "accept-rejects?why=closed"}) {
            assertThat(operator.post()
                            .uri("/20261128_090000/" + order)
                            .retrieve()
                            .body(Boolean.class))
                    .as(order + ": nothing has failed")
                    .isFalse();
        }
    }
}
