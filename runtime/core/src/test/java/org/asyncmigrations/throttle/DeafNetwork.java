package org.asyncmigrations.throttle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A proxy to a server on this machine. From some moment on, it drops all data without closing the connection to either end. */
public final class DeafNetwork implements AutoCloseable {
    private final ServerSocket entrance;
    private final int server;
    private volatile boolean isDeaf;

    public DeafNetwork(int server) throws IOException {
        this.server = server;
        entrance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    public void goesDeaf() {
        isDeaf = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            start(() -> carry(client, behind));
            start(() -> carry(behind, client));
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[8_192];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!isDeaf) {
                    out.write(bytes, 0, read);
                    out.flush();
                }
            }
        }
    }

    private interface Carrying {
        void run() throws IOException;
    }

    private static void start(Carrying carrying) {
        Thread thread = new Thread(() -> {
            try {
                carrying.run();
            } catch (IOException closed) {
                Thread.currentThread().setName("closed");
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
