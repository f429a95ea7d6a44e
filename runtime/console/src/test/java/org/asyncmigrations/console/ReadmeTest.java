package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.junit.jupiter.api.Test;

/** What the README shows. */
class ReadmeTest {
    /** Not started here: another program may have the port. */
    static ConsoleServer started(DataSource dataSource) {
        Console console = Console.of(Operator.of(dataSource));
        ConsoleServer server = ConsoleServer.of(console).port(7878).start();
        return server;
    }

    private static Console ordered(DataSource dataSource, Set<String> operators) {
        Console console = Console.builder()
                .registry("shop", Operator.of(dataSource))
                .authorizer((principal, registry, order, version) ->
                        operators.contains(principal) || order == Order.PAUSE && principal.startsWith("oncall-"))
                .build();
        return console;
    }

    private static Console many(Map<String, Operator> operators) {
        Console console = Console.builder().registries(() -> operators).build();
        return console;
    }

    @Test
    void whatItShowsWorks() {
        try (StateRows rows = StateRows.on(TestDatabase.H2);
                Console ordered = ordered(rows.database().dataSource(), Set.of("ana"));
                Console many = many(Map.of("a", rows.operator(), "b", rows.operator()))) {
            assertThat(Requests.body(Requests.to(ordered).get(""))).contains("No migrations yet");
            assertThat(Requests.body(Requests.to(many).get(""))).contains("Registries");
        }
    }
}
