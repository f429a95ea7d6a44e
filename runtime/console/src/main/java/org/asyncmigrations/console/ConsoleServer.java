package org.asyncmigrations.console;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console on the JDK's own HTTP server, for applications without a web server and for the command line. It listens on
 * loopback, and only for the names of this machine, so that no page of another site reaches it (DNS rebinding). It lets in those
 * who know the token of {@link #uri()}. Any other address needs an {@link Authorizer}. Thread-safe.
 */
public final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

    /** Pages are short, and a registry whose database hangs blocks at most four threads. */
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads;
    private final URI uri;

    private ConsoleServer(HttpServer server, ExecutorService threads, URI uri) {
        this.server = server;
        this.threads = threads;
        this.uri = uri;
    }

    /**
     * Settings of a server on loopback, on a free port.
     *
     * @param console what it serves; the server doesn't close it
     * @return the settings
     */
    public static Settings of(Console console) {
        return new Settings(console);
    }

    /** {@return the address, with the token that lets in} */
    public URI uri() {
        return uri;
    }

    /** Stops the server at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Settings of a server. Not thread-safe. */
    public static final class Settings {
        private final Console console;
        private final List<String> hosts = new ArrayList<>();
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private String path = "/";
        private @Nullable Authenticator authenticator;

        private Settings(Console console) {
            this.console = console;
        }

        /**
         * Sets the port on loopback.
         *
         * @param port the port, 0 for a free one
         * @return this
         */
        public Settings port(int port) {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return this;
        }

        /**
         * Sets the address to listen on.
         *
         * @param listens the address; if it isn't loopback, the console must have an {@link Authorizer}
         * @return this
         */
        public Settings address(InetSocketAddress listens) {
            address = listens;
            return this;
        }

        /**
         * Adds host names under which the server is reached, besides {@code localhost} and its own address. Requests to other
         * names are refused.
         *
         * @param names without a port, such as {@code ops.example.com}
         * @return this
         */
        public Settings hosts(String... names) {
            for (String name : names) {
                hosts.add(name.toLowerCase(Locale.ROOT));
            }
            return this;
        }

        /**
         * Sets the path, for a proxy that passes it on.
         *
         * @param serves with a leading slash, such as {@code /ops/migrations}
         * @return this
         */
        public Settings path(String serves) {
            path = serves.startsWith("/") ? serves : "/" + serves;
            return this;
        }

        /**
         * Sets who lets people in, instead of the token. Orders are given in the name of its principal.
         *
         * @param asks such as a {@code com.sun.net.httpserver.BasicAuthenticator}
         * @return this
         */
        public Settings authenticator(Authenticator asks) {
            authenticator = asks;
            return this;
        }

        /**
         * Starts the server, and logs its address, including the token.
         *
         * @return the server
         * @throws IllegalStateException if others can reach the address, and there is no authorizer
         * @throws UncheckedIOException if the address is in use or doesn't exist
         */
        public ConsoleServer start() {
            InetAddress inet = address.getAddress();
            if (inet == null || !inet.isLoopbackAddress() && console.isReadOnly()) {
                throw new IllegalStateException("a console that others can reach at " + address
                        + " needs an authorizer, which decides who may see and order what; without one, listen"
                        + " on loopback");
            }
            HttpServer server;
            try {
                server = HttpServer.create(address, 0);
            } catch (IOException taken) {
                throw new UncheckedIOException("the console cannot listen at " + address, taken);
            }
            Token token = Token.random(server.getAddress().getPort());
            List<String> known = new ArrayList<>(hosts);
            known.addAll(List.of("localhost", "127.0.0.1", "[::1]", host(inet)));
            HttpContext context = server.createContext(
                    path, new Exchange(console, path, List.copyOf(known), authenticator == null ? token : null));
            if (authenticator != null) {
                context.setAuthenticator(authenticator);
            }
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "async-migrations-console-http");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.start();
            URI uri = URI.create("http://" + host(inet) + ":"
                    + server.getAddress().getPort() + path + (authenticator == null ? "?token=" + token.secret() : ""));
            LOG.info("console: {}", uri);
            return new ConsoleServer(server, threads, uri);
        }

        private static String host(InetAddress inet) {
            String host = inet.isAnyLocalAddress() ? "localhost" : inet.getHostAddress();
            return host.contains(":") ? "[" + host.replaceAll("^0:0:0:0:0:0:0:1$", "::1") + "]" : host;
        }
    }
}
