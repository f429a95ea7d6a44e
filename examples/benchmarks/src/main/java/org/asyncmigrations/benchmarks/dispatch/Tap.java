package org.asyncmigrations.benchmarks.dispatch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A proxy between clients and a PostgreSQL server, which counts the server's answers by the types of its protocol messages.
 * Thread-safe.
 */
final class Tap implements AutoCloseable {
    private final ServerSocket entry;
    private final int server;
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * What has passed since the beginning.
     *
     * @param statements statements that the server has finished, including begin and commit
     * @param rows rows that it has sent
     * @param bytes bytes that it has sent
     */
    record Count(long statements, long rows, long bytes) {
        Count since(Count before) {
            return new Count(statements - before.statements, rows - before.rows, bytes - before.bytes);
        }
    }

    private Tap(int server) throws IOException {
        this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
    }

    /** {@return an open proxy to a server on this machine} */
    static Tap on(int server) throws IOException {
        Tap tap = new Tap(server);
        daemon(tap::accept);
        return tap;
    }

    /** {@return the port for clients, without encryption} */
    int port() {
        return entry.getLocalPort();
    }

    Count count() {
        return new Count(statements.get(), rows.get(), bytes.get());
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entry.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            daemon(() -> {
                try (client;
                        behind) {
                    client.getInputStream().transferTo(behind.getOutputStream());
                }
            });
            daemon(() -> {
                try (client;
                        behind) {
                    answers(behind, client);
                }
            });
        }
    }

    private void answers(Socket from, Socket to) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
        while (true) {
            int type = in.readUnsignedByte();
            int length = in.readInt();
            out.writeByte(type);
            out.writeInt(length);
            out.write(in.readNBytes(length - Integer.BYTES));
            if (in.available() == 0) {
                out.flush();
            }
            bytes.addAndGet(length + 1L);
            if (type == 'C') {
                statements.incrementAndGet();
            } else if (type == 'D') {
                rows.incrementAndGet();
            }
        }
    }

    private interface Pumping {
        void run() throws IOException;
    }

    private static void daemon(Pumping pumping) {
        Thread thread = new Thread(() -> {
            try {
                pumping.run();
            } catch (EOFException ended) {
                // The server has closed the connection.
            } catch (IOException closed) {
                // One side was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entry.close();
    }
}
