package org.asyncmigrations.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.operator.Orders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: what all verbs share, such as the database and the output. */
@Command(
        name = "async-migrations",
        header = "Shows what background migrations do, and gives them orders, from outside the application.",
        synopsisHeading = "%nUsage: ",
        synopsisSubcommandLabel = "VERB",
        optionListHeading = "%nOptions, before or after the verb:%n",
        commandListHeading = "%nVerbs:%n",
        versionProvider = Root.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing is wrong",
            "1:failed or missing, an order was refused, or the guard found something",
            "2:the command is wrong",
            "3:held by a gate, a delay or an operator",
            "4:still running",
            "5:closed: work is left and no instance of the application is alive"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  export ASYNC_MIGRATIONS_URL=jdbc:postgresql://db.example.com/shop",
            "  async-migrations status --watch",
            "  async-migrations show 20261121_093000",
            "  async-migrations pause 20261121_093000 --reason \"checkout is slow\"",
            "  async-migrations wait --timeout 30m"
        })
final class Root implements Runnable {
    private final Terminal terminal;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The database, such as jdbc:postgresql://db/shop; default: ASYNC_MIGRATIONS_URL.")
    private @Nullable String url;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A file with the lines user=… and password=…; default: ASYNC_MIGRATIONS_USER and"
                    + " ASYNC_MIGRATIONS_PASSWORD.")
    private @Nullable Path credentials;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The schema of the state tables; default: the connection's.")
    private @Nullable String schema;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            scope = ScopeType.INHERIT,
            description = "The prefix of the state tables' names; default: async_.")
    private @Nullable String prefix;

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            scope = ScopeType.INHERIT,
            description = "The width of tables; default: COLUMNS, or 80.")
    private @Nullable Integer width;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write JSON.")
    private boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of this program.")
    private boolean version;

    private Root(Terminal terminal) {
        this.terminal = terminal;
    }

    /** {@return the program as users call it} */
    static CommandLine program(Terminal terminal) {
        CommandLine line = commandLine(terminal);
        line.getSubcommands().values().forEach(Root::shortHelp);
        return line;
    }

    /** The program, with each verb's options in its help and completion. A new verb needs a class, a line here and a row in the README. */
    static CommandLine commandLine(Terminal terminal) {
        Root root = new Root(terminal);
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new StatusVerb(root))
                .addSubcommand(new ShowVerb(root))
                .addSubcommand(new EventsVerb(root))
                .addSubcommand(new InstancesVerb(root))
                .addSubcommand(new RejectsVerb(root));
        PlainOrder.all(root).forEach(order -> line.addSubcommand(order.name(), order.commandLine()));
        line.addSubcommand(new RetryVerb(root))
                .addSubcommand(new OpenGateVerb(root))
                .addSubcommand(new TuneVerb(root))
                .addSubcommand(new WaitVerb(root))
                .addSubcommand(new CheckVerb(root))
                .addSubcommand(new CheckQueueVerb(root))
                .addSubcommand(new GuardVerb(root))
                .addSubcommand(new DdlVerb(root))
                .addSubcommand(new ConsoleVerb(root))
                .addSubcommand(new CompletionVerb(root))
                .addSubcommand(new HelpVerb(root));
        return line.registerConverter(VersionNumber.class, VersionNumber::of)
                .registerConverter(Duration.class, Durations::of)
                .registerConverter(Requirement.class, Requirement::of);
    }

    /** Limits a verb's help to its own options; the shared ones are only named. */
    private static void shortHelp(CommandLine verb) {
        CommandSpec spec = verb.getCommandSpec();
        List<OptionSpec> common =
                spec.options().stream().filter(OptionSpec::inherited).toList();
        for (OptionSpec option : common) {
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).hidden(true).build());
        }
        List<String> footer = new ArrayList<>(List.of(spec.usageMessage().footer()));
        String names = common.stream()
                .filter(option -> !option.usageHelp())
                .map(OptionSpec::longestName)
                .collect(Collectors.joining(", "));
        footer.addAll(List.of("", "Options of all verbs, see async-migrations --help:", "  " + names));
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    /** Runs if no verb is given. */
    @Override
    public void run() {
        throw new IllegalArgumentException("a verb is missing; see async-migrations --help");
    }

    Terminal terminal() {
        return terminal;
    }

    /** Writes a line, or the lines of a table. */
    void print(String text) {
        draw(Terminal.plain(text));
    }

    /** Writes text that may contain a terminal's control sequences. */
    void draw(String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }

    /** {@return the width of tables, in columns} */
    int width() {
        int columns = terminal.width(width);
        if (columns < Terminal.NARROWEST) {
            throw new IllegalArgumentException("tables need a width of at least " + Terminal.NARROWEST);
        }
        return columns;
    }

    /** {@return whether to write JSON} */
    boolean isJson() {
        return json;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** {@return the URL of the live database, if one is named} */
    Optional<String> liveUrl() {
        return Optional.ofNullable(url == null ? terminal.env().get("ASYNC_MIGRATIONS_URL") : url);
    }

    /** {@return the database that the options name} */
    Database database() {
        return Database.of(url, credentials, terminal.env());
    }

    /** {@return the operator for the database that the options name} */
    Operator operator() {
        Operator operator = Operator.of(database());
        operator = schema == null ? operator : operator.stateSchema(schema);
        return prefix == null ? operator : operator.prefix(prefix);
    }

    /** {@return the orders, given in the name from the options} */
    Orders orders(OrderOptions options) {
        return operator().as(options.who());
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Root.class.getPackage().getImplementationVersion();
            return new String[] {"async-migrations " + (built == null ? "(not packaged)" : built)};
        }
    }
}
