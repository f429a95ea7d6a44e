package org.asyncmigrations.fault;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.ChildJvm;

/**
 * An instance of an application in a process of its own, that can be killed and frozen. It gets itself ready, waits for the word,
 * dispatches, and says how that ended; it ends when its parent does.
 */
final class Node implements AutoCloseable {
    /** Far beyond what a start takes on a busy machine; nothing waits it out. */
    static final long PATIENCE_SECONDS = 300;

    /** What nodes have to say for themselves; the last lines of a run that went wrong. */
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

    /** {@return a node that is getting ready} */
    static Node prepare(Fresh fresh, NodeOptions options) throws IOException, InterruptedException {
        // What starts fast: many of them are killed within their first second.
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
            // A killed process says no more.
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

    /** Gives the word: to begin, and to go on where it is held. */
    Node go() {
        commands.println("go");
        return this;
    }

    /** Waits until it says a word, and passes over others. {@return the line} */
    String await(String word) throws InterruptedException {
        String line = await(word, PATIENCE_SECONDS * 1_000);
        if (line == null) {
            throw new AssertionError("node " + pid() + " did not say '" + word + "'; see " + LOG);
        }
        return line;
    }

    /** {@return the line, null when it was not said in time, or will not be} */
    String await(String word, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (true) {
            String line = said.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null || line.startsWith(word) || line.startsWith("ended")) {
                return line;
            }
            if (line.equals("gone")) {
                said.add(line);
                return null;
            }
        }
    }

    /** Waits until it has dispatched; its work goes on behind. */
    void awaitDispatched() throws InterruptedException {
        if (!dispatched) {
            await("dispatched");
            dispatched = true;
        }
    }

    /** Waits until it has changed rows. {@return false when others have left it none} */
    boolean isWorking() throws InterruptedException {
        String line = working ? "working" : await("working", PATIENCE_SECONDS * 1_000);
        working = "working".equals(line);
        return working;
    }

    /** Lets it work for a while. {@return whether it is at it still} */
    boolean isAtWorkAfter(long millis) throws InterruptedException {
        return await("ended", millis) == null && isAlive();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Freezes the whole process, wherever it is. */
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
