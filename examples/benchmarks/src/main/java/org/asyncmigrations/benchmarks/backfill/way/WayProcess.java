package org.asyncmigrations.benchmarks.backfill.way;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A new JVM that runs one way, as seen by the JVM that starts it: each way begins cold and has its own memory. Used by one
 * thread.
 */
public final class WayProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private WayProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * What the JVM runs.
     *
     * @param way its name, one of {@link Ways#names()}
     * @param url where the table is
     * @param rows how many rows it has
     * @param warm how many rows it has in the first round, 0 for a JVM that is measured at once
     * @param batch how many keys the loops written by hand take in a batch
     * @param targetMillis the {@code targetBatchTime}, 0 for the default
     */
    public record Task(String way, String url, int rows, int warm, int batch, int targetMillis) {}

    /**
     * The result.
     *
     * @param seconds from the command to run until the last commit
     * @param peakMegabytes the most that was on the heap, including garbage
     * @param liveMegabytes the most that was left there after a collection
     */
    public record Outcome(double seconds, double peakMegabytes, double liveMegabytes) {}

    /**
     * Starts the JVM, which then waits for {@link #prepare()}.
     *
     * @param task what it runs
     * @param heapMegabytes its heap
     * @param trace the file that gets one line for each batch
     * @return the process
     * @throws IOException if it doesn't start
     */
    public static WayProcess start(Task task, int heapMegabytes, Path trace) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-Dorg.jooq.no-logo=true");
        command.add("-Dorg.jooq.no-tips=true");
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), MeasuredWay.class.getName()));
        command.add("--way=" + task.way());
        command.add("--url=" + task.url());
        command.add("--rows=" + task.rows());
        command.add("--warm=" + task.warm());
        command.add("--batch=" + task.batch());
        command.add("--target=" + task.targetMillis());
        command.add("--trace=" + trace);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new WayProcess(process);
    }

    /**
     * Connects to the table, which has just been created again.
     *
     * @throws IOException if it fails; its messages are on the error output
     */
    public void prepare() throws IOException {
        tell();
        await(MeasuredWay.READY);
    }

    private void tell() throws IOException {
        input.write('x');
        input.flush();
    }

    /**
     * Runs the way, and returns after its last commit.
     *
     * @throws IOException if it fails; its messages are on the error output
     */
    public void run() throws IOException {
        tell();
        await(MeasuredWay.ENDED);
    }

    /**
     * Waits until the JVM has measured its memory.
     *
     * @return the result of the run that has ended
     * @throws IOException if it fails; its messages are on the error output
     */
    public Outcome outcome() throws IOException {
        String[] figures = await(MeasuredWay.DONE).split(" ");
        return new Outcome(
                Double.parseDouble(figures[1]), Double.parseDouble(figures[2]), Double.parseDouble(figures[3]));
    }

    private String await(String word) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(word)) {
                return line;
            }
            System.out.println(line);
        }
        throw new IllegalStateException("a way that is measured must succeed; what it said is above");
    }

    @Override
    public void close() throws IOException {
        input.close();
        // Not forcibly: it writes its trace when it ends, and it has already reported success or failure.
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
                process.destroy();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
