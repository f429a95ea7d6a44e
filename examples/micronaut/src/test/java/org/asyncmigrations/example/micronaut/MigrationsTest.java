package org.asyncmigrations.example.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.example.micronaut.migrations.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;

@MicronautTest
class MigrationsTest {
    @Inject
    AsyncMigrationRegistry migrations;

    @Inject
    DataSource dataSource;

    @Inject
    TokenVault vault;

    @Inject
    EmbeddedServer server;

    @Test
    void theColumnThatFlywayHasAddedIsFilledBehindTheStart() throws Exception {
        // The application has dispatched already; this only gives the handle to wait with.
        assertEquals(Dispatch.Outcome.DONE, migrations.dispatch().await(Duration.ofMinutes(1)));
        assertTrue(vault.isEmpty());
        assertEquals("customer.7@example.com", asked("select email_normalized from customers where id = 7"));
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.getURI().resolve("/health")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(answer.contains("\"NormalizeEmails\":\"done\""), answer);
    }

    private String asked(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
