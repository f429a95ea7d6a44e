package org.asyncmigrations.example.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.example.micronaut.migrations.AsyncMigrationRegistry;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class MigrationsTest {
    @Inject
    AsyncMigrationRegistry migrations;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    TokenVault vault;

    @Inject
    EmbeddedServer server;

    @Test
    void theColumnThatFlywayHasAddedIsFilledBehindTheStart() throws Exception {
        // The application has already dispatched; this call only returns the dispatch to wait for.
        assertEquals(Dispatch.Outcome.DONE, migrations.dispatch().await(Duration.ofMinutes(1)));
        assertTrue(vault.isEmpty());
        assertEquals("customer.7@example.com", asked("select email_normalized from customers where id = 7"));
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.getURI().resolve("/health")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(answer.contains("\"NormalizeEmails\":\"done\""), answer);
        aTransactionOfTheCallersStaysWhatItWas();
    }

    private void aTransactionOfTheCallersStaysWhatItWas() {
        transactions.executeWrite(transaction -> {
            try (Statement statement = transaction.getConnection().createStatement()) {
                statement.executeUpdate("delete from customers");
            }
            migrations.normalizeEmails().requireDone();
            assertEquals(2, migrations.status().migrations().size());
            transaction.setRollbackOnly();
            return null;
        });
        assertEquals("1000", asked("select count(*) from customers"));
    }

    private String asked(String query) {
        return transactions.executeRead(transaction -> {
            try (Statement statement = transaction.getConnection().createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }
}
