package org.asyncmigrations.processor.release;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the release step. Its exit code is 0 if everything is done, 1 if it is refused or incomplete, 2 for wrong
 * arguments.
 */
public final class ReleaseCommand {
    private static final String USAGE = """
            Usage: java -jar async-migrations-processor.jar release --version NAME [OPTION]...
            Appends to the journal the migrations that were compiled and are not in it yet.
              --version NAME      the release, for example 2.4.0
              --classes DIR       what the module was compiled into (target/classes)
              --journal FILE      the journal (src/main/migrations/journal)
              --check             write nothing; exit with 1 if a migration is not released yet
              --bodies-unread     release even if javac has not read the bodies (-proc:only)
              --accept-changes    replace the lines of released migrations that were changed, such as by a rename across the project
            Exits with 0 if all is done, 1 if the release is refused or incomplete, 2 if the arguments are wrong.""";

    private Path classes = Path.of("target/classes");
    private Path journal = Path.of("src/main/migrations/journal");
    private @Nullable String version;
    private boolean check;
    private boolean bodiesUnread;
    private boolean acceptChanges;

    private ReleaseCommand() {}

    /** Releases, and ends the process. */
    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /**
     * Releases, for a build tool that continues afterwards.
     *
     * @param out gets what was done
     * @param err gets why it was not done
     * @param arguments as the usage describes them
     * @return 0 if everything is done, 1 if it is refused or incomplete, 2 for wrong arguments
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        try {
            ReleaseCommand command = new ReleaseCommand();
            command.read(new ArrayDeque<>(Arrays.asList(arguments)));
            Outcome outcome = command.release().make();
            outcome.lines().forEach(outcome.done() ? out::println : err::println);
            return outcome.done() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + System.lineSeparator() + USAGE);
            return 2;
        }
    }

    private Release release() {
        return new Release(classes, journal, Optional.ofNullable(version), check, bodiesUnread, acceptChanges);
    }

    private void read(Deque<String> arguments) {
        if (!"release".equals(arguments.poll())) {
            throw new IllegalArgumentException("the first argument must be release");
        }
        Set<String> given = new HashSet<>();
        while (!arguments.isEmpty()) {
            String name = arguments.remove();
            if (!given.add(name)) {
                throw new IllegalArgumentException(name + " may be given only once");
            }
            switch (name) {
                case "--version" -> version = value(name, arguments);
                case "--classes" -> classes = Path.of(value(name, arguments));
                case "--journal" -> journal = Path.of(value(name, arguments));
                case "--check" -> check = true;
                case "--bodies-unread" -> bodiesUnread = true;
                case "--accept-changes" -> acceptChanges = true;
                default -> throw new IllegalArgumentException("unknown option " + name);
            }
        }
    }

    private static String value(String name, Deque<String> arguments) {
        if (arguments.isEmpty() || arguments.peek().startsWith("--")) {
            throw new IllegalArgumentException(name + " must have a value");
        }
        return arguments.remove();
    }
}
