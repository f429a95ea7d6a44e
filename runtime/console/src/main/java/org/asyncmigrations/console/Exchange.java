package org.asyncmigrations.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts the JDK's exchanges to requests of the console, after checking the host and the token. Immutable, and so thread-safe.
 *
 * @param console answers the requests
 * @param path the path that is served, with or without a slash at its end
 * @param hosts the host names that requests may use
 * @param token lets in those who know it; null if an authenticator does that
 */
record Exchange(
        Console console,
        String path,
        List<String> hosts,
        @Nullable Token token) implements HttpHandler {
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ConsoleResponse answer = answer(exchange);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            boolean isEmpty = isHead || answer.body().length == 0;
            if (isHead) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
            }
            exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : answer.body().length);
            if (!isEmpty) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private ConsoleResponse answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getRawAuthority() != null
                || !isOurs(exchange.getRequestURI().getPath())) {
            return ConsoleResponse.text(404, "the console has only one path, and this is not it");
        }
        if (!isHostKnown(header(exchange, "Host"))) {
            return ConsoleResponse.text(403, "the console does not know this host name; add the name to its hosts");
        }
        String query = exchange.getRequestURI().getRawQuery();
        if (token != null) {
            Link link = Link.of(query);
            if (token.is(link.get("token"))) {
                return ConsoleResponse.seeOther(link.with("token", null)).with("Set-Cookie", token.cookie(path));
            }
            if (!token.isIn(header(exchange, "Cookie"), header(exchange, "Authorization"))) {
                return ConsoleResponse.text(
                        401, "open the address with the token that was printed when the console started");
            }
        }
        byte[] body = exchange.getRequestMethod().equals("POST")
                ? exchange.getRequestBody().readNBytes(ConsoleRequest.MOST_BYTES + 1)
                : new byte[0];
        if (body.length > ConsoleRequest.MOST_BYTES) {
            return ConsoleResponse.text(413, "the form is too long").with("Connection", "close");
        }
        return console.answer(new ConsoleRequest(
                exchange.getRequestMethod(),
                query,
                name -> header(exchange, name),
                Link.of(new String(body, StandardCharsets.UTF_8)).parameters(),
                exchange.getPrincipal() == null
                        ? System.getProperty("user.name", "")
                        : exchange.getPrincipal().getUsername(),
                Map.of()));
    }

    private boolean isOurs(@Nullable String asked) {
        return asked != null && (asked.equals(path) || asked.equals(path + "/") || (asked + "/").equals(path));
    }

    private boolean isHostKnown(@Nullable String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        return hosts.contains(name);
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }
}
