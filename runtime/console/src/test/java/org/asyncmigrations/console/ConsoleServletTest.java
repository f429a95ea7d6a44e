package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.asyncmigrations.By;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a servlet container, behind the application's own filters. */
class ConsoleServletTest {
    private static final Authorizer ALL = (principal, registry, order, version) -> true;

    /** Kept, or its level is forgotten with it. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    @TempDir
    Path directory;

    /** An application's login: who is signed in by its session cookie. It reads forms, as filters do that look for a token. */
    private static final class Login extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            request.getParameter("_csrf");
            boolean isAna = String.valueOf(request.getHeader("Cookie")).contains("SESSION=ana's");
            Principal ana = () -> "ana";
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return isAna ? ana : null;
                        }
                    },
                    response);
        }
    }

    private Tomcat tomcat(Console console) throws Exception {
        TOMCAT.setLevel(Level.OFF);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("/shop", directory.toString());
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    servlets.addFilter("login", new Login()).addMappingForUrlPatterns(null, false, "/*");
                    servlets.addServlet("migrations", new ConsoleServlet(console))
                            .addMapping("/ops/migrations/*");
                    servlets.addServlet("tokens", new ConsoleServlet(console, request -> Map.of("_csrf", "theirs")))
                            .addMapping("/tokens");
                },
                null);
        tomcat.start();
        tomcat.getConnector();
        return tomcat;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theApplicationSaysWhoAsksAndItsSessionStaysItsOwn() throws Exception {
        try (StateRows rows =
                        StateRows.on(TestDatabase.H2).register(MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f"));
                Console console = Console.builder()
                        .registry("shop", rows.operator())
                        .authorizer(ALL)
                        .build()) {
            Tomcat tomcat = tomcat(console);
            try {
                String base = "http://localhost:" + tomcat.getConnector().getLocalPort() + "/shop/ops/migrations";
                for (String path : new String[] {"", "/"}) {
                    HttpResponse<String> page =
                            send(HttpRequest.newBuilder(URI.create(base + path)).header("Cookie", "SESSION=ana's"));
                    assertThat(page.statusCode()).isEqualTo(200);
                    assertThat(page.body()).contains(">ana<").doesNotContain("SESSION");
                    assertThat(page.headers().map()).doesNotContainKey("set-cookie");
                }
                assertThat(send(HttpRequest.newBuilder(URI.create(base + "?migration=1")))
                                .body())
                        .contains("Nobody is signed in");
                assertThat(send(HttpRequest.newBuilder(
                                                URI.create(base.replace("ops/migrations", "tokens") + "?migration=1"))
                                        .header("Cookie", "SESSION=ana's"))
                                .body())
                        .contains("name=\"_csrf\" value=\"theirs\"");
                assertThat(send(HttpRequest.newBuilder(URI.create(base + "/x"))).statusCode())
                        .isEqualTo(404);

                HttpRequest.Builder order = HttpRequest.newBuilder(URI.create(base + "?migration=1&order=pause"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("reason=slow&_csrf=theirs"));
                assertThat(send(order).statusCode()).isEqualTo(403);
                assertThat(send(order.copy().header("Cookie", "SESSION=ana's")).statusCode())
                        .isEqualTo(303);
                assertThat(rows.operator().events(EventQuery.latest(1)).get(0).detail())
                        .isEqualTo("slow");
                HttpRequest.Builder long_ = order.copy().POST(HttpRequest.BodyPublishers.ofString("x".repeat(20_000)));
                assertThat(send(long_).statusCode()).isEqualTo(413);
            } finally {
                tomcat.stop();
                tomcat.destroy();
            }
        }
    }
}
