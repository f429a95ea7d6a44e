package org.asyncmigrations.example.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.example.quarkus.migrations.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MigrationsTest {
    @Inject
    AsyncMigrationRegistry migrations;

    @Inject
    AgroalDataSource dataSource;

    @Inject
    TokenVault vault;

    @TestHTTPResource("/q/health/well")
    URI health;

    @Test
    void theColumnThatFlywayHasAddedIsFilledBehindTheStart() throws Exception {
        // The application has already dispatched; this call only returns the dispatch to wait for.
        assertEquals(Dispatch.Outcome.DONE, migrations.dispatch().await(Duration.ofMinutes(1)));
        assertTrue(vault.isEmpty());
        assertEquals("customer.7@example.com", asked("select email_normalized from customers where id = 7"));
        String answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(answer.replaceAll("\\s", "").contains("\"NormalizeEmails\":\"done\""), answer);
        aTransactionOfTheCallersStaysWhatItWas();
    }

    private void aTransactionOfTheCallersStaysWhatItWas() throws SQLException {
        QuarkusTransaction.begin();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from customers");
            assertThrows(MigrationException.class, migrations::status, "Agroal gives no second connection");
            QuarkusTransaction.suspendingExisting().run(() -> migrations.normalizeEmails().requireDone());
            assertEquals(
                    2, QuarkusTransaction.suspendingExisting().call(() -> migrations.status().migrations().size()));
        } finally {
            QuarkusTransaction.rollback();
        }
        assertEquals("1000", asked("select count(*) from customers"));
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
