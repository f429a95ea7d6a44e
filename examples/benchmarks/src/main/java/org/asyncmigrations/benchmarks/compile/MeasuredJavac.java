package org.asyncmigrations.benchmarks.compile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * javac in a JVM of its own, which prints at its end what it took. It isn't the command {@code javac}, because only the process
 * itself can portably tell what it has used.
 */
final class MeasuredJavac {
    /** If this is set, the live memory is followed, which takes time. */
    static final String FOLLOW_LIVE = "follow.live";

    private static final double MEGABYTE = 1 << 20;
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private volatile double live = Double.NaN;

    private MeasuredJavac() {}

    public static void main(String... arguments) throws IOException {
        System.exit(new MeasuredJavac().compile(arguments));
    }

    private int compile(String... arguments) throws IOException {
        if (Boolean.getBoolean(FOLLOW_LIVE)) {
            Thread follower = new Thread(this::follow, "live memory");
            follower.setDaemon(true);
            follower.start();
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
        System.out.printf(Locale.ROOT, "%f %f %f%n", cpuSeconds(), live, residentMegabytes());
        return status;
    }

    /** What is left after a collection was reachable. Between two samples, little can come and go. */
    private void follow() {
        double most = 0;
        while (true) {
            System.gc();
            most = Math.max(
                    most,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE);
            live = most;
            try {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : Double.NaN;
    }

    /** Only Linux tells a process its maximum memory. */
    private static double residentMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
