package org.asyncmigrations.benchmarks.measure;

/** Describes the machine, which the figures depend on. */
public final class Machine {
    private Machine() {}

    /** {@return one line: cores, JDK, operating system} */
    public static String line() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.vm.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }
}
