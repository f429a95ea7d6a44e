package org.asyncmigrations.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.asyncmigrations.MigrationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code async-migrations}. Stateless and thread-safe. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the verb and its options
     */
    public static void main(String[] args) {
        // From JDK 22 on, System.console() may return a console without a terminal; this implementation never does.
        System.setProperty("jdk.console", "java.base");
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        // Drivers also log the exceptions that they throw.
        LogManager.getLogManager().reset();
        Console console = System.console();
        Charset charset = console == null ? StandardCharsets.UTF_8 : console.charset();
        PrintWriter out = writer(FileDescriptor.out, charset);
        PrintWriter err = writer(FileDescriptor.err, charset);
        System.exit(run(args, new Terminal(out, err, System.getenv(), console != null)));
    }

    private static PrintWriter writer(FileDescriptor file, Charset charset) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(file), charset), true);
    }

    /**
     * Runs one command, as if its output were no terminal.
     *
     * @param args the verb and its options
     * @param out where results go
     * @param err where errors and progress go
     * @param env the environment's variables
     * @return the exit code: 0 done, 1 failed, 2 usage, 3 held, 4 running, 5 closed
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err, Map<String, String> env) {
        return run(args, new Terminal(out, err, env, false));
    }

    static int run(String[] args, Terminal terminal) {
        if (Passwords.isArgument(args)) {
            terminal.complain(
                    "a password must not be an argument, which every user of the machine can read; " + Passwords.WAY);
            return Exit.USAGE;
        }
        int code = Root.program(terminal)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(terminal.width(null))
                .setParameterExceptionHandler((problem, arguments) -> usage(problem, terminal))
                .setExecutionExceptionHandler((problem, command, parsed) -> failure(problem, parsed, terminal))
                .execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    private static int usage(ParameterException problem, Terminal terminal) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        String sentence =
                problem instanceof UnmatchedArgumentException unknown ? unmatched(unknown) : problem.getMessage();
        terminal.complain(sentence + "; see " + command + " --help");
        return Exit.USAGE;
    }

    private static String unmatched(UnmatchedArgumentException unknown) {
        String argument = unknown.getUnmatched().get(0);
        boolean isVerb = unknown.getCommandLine().getParent() == null;
        String what = argument.startsWith("-")
                ? "there is no option " + argument
                : isVerb ? "there is no verb " + argument : "'" + argument + "' is one argument too many";
        List<String> likely = unknown.getSuggestions();
        return what + (likely.isEmpty() ? "" : ", did you mean " + likely.get(0) + "?");
    }

    private static int failure(Exception problem, ParseResult parsed, Terminal terminal) {
        if (problem instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return Exit.CLOSED;
        }
        terminal.complain(sentence(problem));
        if (isVerbose(parsed)) {
            problem.printStackTrace(terminal.err());
        }
        return problem instanceof IllegalArgumentException ? Exit.USAGE : Exit.FAILED;
    }

    /** An error as a sentence, with the exception's class if the message wasn't written for people. */
    private static String sentence(Exception problem) {
        String message = problem.getMessage();
        boolean isOurs = problem instanceof MigrationException || problem instanceof IllegalArgumentException;
        return isOurs && message != null ? message : problem.toString();
    }

    private static boolean isVerbose(@Nullable ParseResult parsed) {
        return parsed != null && ((Root) parsed.commandSpec().root().userObject()).isVerbose();
    }
}
