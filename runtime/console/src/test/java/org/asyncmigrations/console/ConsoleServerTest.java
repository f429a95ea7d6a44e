package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.asyncmigrations.By;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is let in by the JDK's server. */
class ConsoleServerTest {
    private static final Authorizer ALL = (principal, registry, order, version) -> true;
    private static StateRows rows;
    private static Console console;
    private static ConsoleServer server;

    @BeforeAll
    static void aServer() {
        rows = StateRows.on(TestDatabase.H2).register(MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f"));
        console = Console.builder()
                .registry("shop", rows.operator())
                .authorizer(ALL)
                .build();
        server = ConsoleServer.of(console).start();
    }

    @AfterAll
    static void gone() {
        server.close();
        console.close();
        rows.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String query) {
        return HttpRequest.newBuilder(server.uri().resolve("/" + query));
    }

    private static String secret() {
        return server.uri().getQuery().substring("token=".length());
    }

    /** The JDK's client sets Host itself. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nobodyGetsInWithoutTheToken() throws Exception {
        assertThat(send(to("")).statusCode()).isEqualTo(401);
        assertThat(send(to("?token=" + "0".repeat(32))).statusCode()).isEqualTo(401);
        assertThat(send(to("").header(
                                        "Cookie",
                                        "async-migrations-console-"
                                                + server.uri().getPort() + "=0"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(to("?asset=console.css")).statusCode()).isEqualTo(401);
        assertThat(send(to("?format=json").header("Authorization", "Bearer " + secret()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theTokenBecomesACookieAndLeavesTheAddress() throws Exception {
        HttpResponse<String> first = send(HttpRequest.newBuilder(URI.create(server.uri() + "&view=events")));
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Location")).contains("?view=events");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/");
        HttpResponse<String> page = send(to("").header("Cookie", "JSESSIONID=theirs; " + cookie.split(";")[0]));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain(secret(), "theirs");
    }

    @Test
    void underAnotherNameItIsNotThere() throws Exception {
        String with = "\nAuthorization: Bearer " + secret() + "\nConnection: close\n\n";
        assertThat(raw("GET / HTTP/1.1\nHost: evil.example:" + server.uri().getPort() + with))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET / HTTP/1.0\nAuthorization: Bearer " + secret() + "\n\n"))
                .contains(" 403 ");
        assertThat(raw("GET / HTTP/1.1\nHost: LocalHost:1" + with)).startsWith("HTTP/1.1 200");
        assertThat(raw("GET / HTTP/1.1\nHost: [::1]:7878" + with)).startsWith("HTTP/1.1 200");
        assertThat(raw("HEAD / HTTP/1.1\nHost: 127.0.0.1" + with))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("<html");
        assertThat(raw("GET /other HTTP/1.1\nHost: 127.0.0.1" + with)).startsWith("HTTP/1.1 404");
        assertThat(raw("GET //evil.example/ HTTP/1.1\nHost: 127.0.0.1" + with)).startsWith("HTTP/1.1 404");
    }

    @Test
    void aFormIsShort() throws Exception {
        HttpRequest.BodyPublisher large = HttpRequest.BodyPublishers.ofString("reason=" + "x".repeat(20_000));
        assertThat(send(to("?migration=1&order=pause")
                                .header("Authorization", "Bearer " + secret())
                                .POST(large))
                        .statusCode())
                .isEqualTo(413);
        HttpRequest.BodyPublisher form = HttpRequest.BodyPublishers.ofString("reason=because+%3Cb%3E");
        assertThat(send(to("?migration=1&order=pause")
                                .header("Authorization", "Bearer " + secret())
                                .POST(form))
                        .statusCode())
                .isEqualTo(303);
        assertThat(rows.operator().events(EventQuery.latest(1)).get(0)).satisfies(event -> {
            assertThat(event.who()).isEqualTo(System.getProperty("user.name"));
            assertThat(event.detail()).isEqualTo("because <b>");
        });
    }

    @Test
    void whereOthersReachItAnAuthorizerIsNeeded() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        try (Console readOnly = Console.of(rows.operator())) {
            assertThatThrownBy(
                            () -> ConsoleServer.of(readOnly).address(everywhere).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs an authorizer");
        }
        try (ConsoleServer open = ConsoleServer.of(console).address(everywhere).start()) {
            assertThat(open.uri().getQuery()).startsWith("token=");
        }
    }

    @Test
    void anAuthenticatorTakesThePlaceOfTheToken() throws Exception {
        BasicAuthenticator basic = new BasicAuthenticator("console") {
            @Override
            public boolean checkCredentials(String name, String password) {
                return name.equals("ana") && password.equals("secret");
            }
        };
        try (ConsoleServer own = ConsoleServer.of(console)
                .path("/ops/migrations")
                .authenticator(basic)
                .start()) {
            assertThat(own.uri().getPath()).isEqualTo("/ops/migrations");
            assertThat(send(HttpRequest.newBuilder(own.uri())).statusCode()).isEqualTo(401);
            HttpRequest.Builder signed =
                    HttpRequest.newBuilder(own.uri()).header("Authorization", "Basic YW5hOnNlY3JldA==");
            assertThat(send(signed).body()).contains("ana").doesNotContain("secret");
        }
    }
}
