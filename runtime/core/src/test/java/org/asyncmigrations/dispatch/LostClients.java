package org.asyncmigrations.dispatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.TestDatabase.Fresh;

/** A proxy to a server on this machine that can lose clients: they find their connections closed, and the server doesn't notice. */
final class LostClients implements AutoCloseable {
    private final ServerSocket entrance;
    private final Fresh fresh;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Set<Socket> servers = ConcurrentHashMap.newKeySet();

    LostClients(Fresh fresh) throws IOException {
        this.fresh = fresh;
        entrance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** {@return the database's URL through this proxy} */
    String url() {
        return fresh.url().replaceFirst(":\\d+/", ":" + entrance.getLocalPort() + "/");
    }

    private int serversPort() {
        return Integer.parseInt(fresh.url().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    /** Closes the clients' ends of all current connections. */
    void loseAll() {
        for (Socket client : clients) {
            clients.remove(client);
            close(client);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serversPort());
            clients.add(client);
            servers.add(server);
            start(() -> carry(client, server));
            start(() -> carry(server, client));
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[8_192];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            out.write(bytes, 0, read);
            out.flush();
        }
        // The server notices a client that hangs up, but not one that is lost.
        if (servers.contains(from) || clients.contains(from)) {
            close(to);
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

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            Thread.currentThread().setName("closed");
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        servers.forEach(LostClients::close);
        clients.forEach(LostClients::close);
    }
}
