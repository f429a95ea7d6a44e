package org.asyncmigrations.fault;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jspecify.annotations.Nullable;

/** A pgbouncer in transaction mode in front of the tests' PostgreSQL, as a process of its own that ends with its test. */
final class PgBouncer implements AutoCloseable {
    /** Fewer sessions than two nodes need at once, so that each serves many clients in turn. */
    static final int SESSIONS = 3;

    /** Debian and others install it where users' search paths don't lead. */
    private static final String SYSTEM = "/usr/sbin";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Process process;
    private final int port;
    private final Path folder;

    private PgBouncer(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    /** {@return the program, null if it isn't installed} */
    static @Nullable File program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + SYSTEM;
        return Stream.of(path.split(File.pathSeparator))
                .map(place -> new File(place, "pgbouncer"))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
    }

    static PgBouncer start(File program, Fresh before) throws IOException {
        Path folder = Files.createTempDirectory("pgbouncer");
        int port = freePort();
        Path users = Files.writeString(folder.resolve("users.txt"), '"' + before.user() + "\" \"\"\n");
        Path settings = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                """.formatted(
                        before.url().replaceFirst(".*:(\\d+)/.*", "$1"), port, users, SESSIONS));
        List<String> command = new ArrayList<>(List.of(program.getPath(), "-q"));
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses to run as root, so it runs as "nobody".
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port, folder);
        bouncer.awaitStart();
        return bouncer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assert socket.isConnected();
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("pgbouncer did not start: " + log);
    }

    /**
     * {@return the URL of a database through the pooler}
     *
     * @param parameters the driver's parameters, beginning with a question mark
     */
    String url(Fresh database, String parameters) {
        return database.url().replaceFirst("//.*/", "//127.0.0.1:" + port + "/") + parameters;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
