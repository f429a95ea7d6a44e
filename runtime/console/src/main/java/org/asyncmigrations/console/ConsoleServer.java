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
 * The console on the JDK's own HTTP server, for applications without a web server and for the command line. It listens on loopback and lets in who knows
 * the token of {@link #uri()}, under the names of this machine alone, so that no page of another site reaches it (DNS rebinding). Any other address
 * needs an {@link Authorizer}. Safe for threads.
 */
public final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

    /** Pages are short; a registry whose database hangs holds four. */
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
     * Settings of a server on loopback, on a port that is free.
     *
     * @param console what it serves, and does not close
     * @return the settings
     */
    public static Settings of(Console console) {
        return new Settings(console);
    }

    /** {@return where it is, with the token that lets in} */
    public URI uri() {
        return uri;
    }

    /** Stops it at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** How a server is started. Not safe for threads. */
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
         * @param port the port, 0 for one that is free
         * @return this
         */
        public Settings port(int port) {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return this;
        }

        /**
         * Sets where it listens.
         *
         * @param listens the address; one that is not loopback needs a console with an {@link Authorizer}
         * @return this
         */
        public Settings address(InetSocketAddress listens) {
            address = listens;
            return this;
        }

        /**
         * Adds names under which it is reached, besides {@code localhost} and its own address. The requests to others are refused.
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
         * Sets the path that it has, for a proxy that passes it on.
         *
         * @param serves with a slash before, such as {@code /ops/migrations}
         * @return this
         */
        public Settings path(String serves) {
            path = serves.startsWith("/") ? serves : "/" + serves;
            return this;
        }

        /**
         * Sets who lets people in, in place of the token; its principal gives the orders.
         *
         * @param asks such as a {@code com.sun.net.httpserver.BasicAuthenticator}
         * @return this
         */
        public Settings authenticator(Authenticator asks) {
            authenticator = asks;
            return this;
        }

        /**
         * Starts the server, and logs where it is, the token included.
         *
         * @return the server
         * @throws IllegalStateException for an address that others can reach, without an authorizer
         * @throws UncheckedIOException if the address is taken, or there is none
         */
        public ConsoleServer start() {
            InetAddress inet = address.getAddress();
            if (inet == null || !inet.isLoopbackAddress() && console.isReadOnly()) {
                throw new IllegalStateException(
                        "a console that others can reach at " + address
                                + " needs an authorizer, which says who may see and order what; without one, listen on loopback");
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
