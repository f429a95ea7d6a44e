package org.asyncmigrations.fault;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.ChildJvm;

/**
 * An instance of an application in its own process, which can be killed and frozen. It gets ready, waits for the command to go,
 * dispatches, and reports how that ended. It ends when its parent does.
 */
final class Node implements AutoCloseable {
    /** Far more than a start takes on a busy machine; no test waits that long. */
    static final long PATIENCE_SECONDS = 300;

    /** The nodes' output; the last lines show why a run went wrong. */
    private static final File LOG = new File("target/nodes.log");

    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private boolean dispatched;
    private boolean working;

    private Node(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true);
        new OwnThreads().execute(this::listen);
    }

    /** {@return a node that gets ready in the background} */
    static Node prepare(Fresh fresh, NodeOptions options) throws IOException, InterruptedException {
        // JVM options for a fast start, since many nodes are killed within their first second.
        List<String> command = ChildJvm.command(NodeMain.class, options.jvm());
        command.addAll(List.of(fresh.url(), fresh.user()));
        command.addAll(options.arguments());
        return new Node(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(LOG))
                .start());
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException ended) {
            // A killed process writes nothing more.
            said.add("gone");
        }
        said.add("gone");
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until all are ready. On a busy machine, one could otherwise finish the work while another starts. */
    static void awaitReady(List<Node> nodes) throws InterruptedException {
        for (Node node : nodes) {
            node.await("ready");
        }
    }

    /** Tells the node to begin, or to go on if it is held. */
    Node go() {
        commands.println("go");
        return this;
    }

    /** Waits until the node reports a word, and skips others. {@return the line} */
    String await(String word) throws InterruptedException {
        String line = await(word, PATIENCE_SECONDS * 1_000);
        if (line == null) {
            throw new AssertionError("node " + pid() + " did not say '" + word + "'; see " + LOG);
        }
        return line;
    }

    /** {@return the line, null if it didn't come in time or never will} */
    String await(String word, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (true) {
            String line = said.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            dispatched |= "dispatched".equals(line);
            working |= "working".equals(line);
            if (line == null || line.startsWith(word) || line.startsWith("ended")) {
                return line;
            }
            if (line.equals("gone")) {
                said.add(line);
                return null;
            }
        }
    }

    /** Waits until it has dispatched. Its work continues in the background. */
    Node awaitDispatched() throws InterruptedException {
        if (!dispatched) {
            await("dispatched");
        }
        return this;
    }

    /** Waits until one of them has changed rows. {@return one of those that have; null if all work is done} */
    static Node anyAtWork(List<Node> nodes, Random random) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
        while (System.nanoTime() < deadline) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            String line = node.working ? "working" : node.await("working", 10);
            if (node.working) {
                return node;
            }
            if (line != null || !node.isAlive()) {
                return null;
            }
        }
        throw new AssertionError("no node began to work; see " + LOG);
    }

    /** Lets it work for a while. {@return whether it still works} */
    boolean isAtWorkAfter(long millis) throws InterruptedException {
        return await("ended", millis) == null && isAlive();
    }

    /** Kills it, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Freezes the whole process at its current point. */
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("/bin/kill", signal, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " " + pid() + " failed");
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
