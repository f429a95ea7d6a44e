package org.asyncmigrations.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.guard.Migration.Content;
import org.asyncmigrations.guard.Migration.Script;
import org.asyncmigrations.guard.Migration.Unreadable;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.Configuration;

/** Finds the texts of Flyway's SQL migrations, and tells how Flyway runs them. */
final class FlywayScripts {
    private static final String CLASS_PATH = "classpath:";
    private static final String FILE_SYSTEM = "filesystem:";
    private static final Pattern NOT_IN_TRANSACTION =
            Pattern.compile("(?im)^\\s*executeInTransaction\\s*=\\s*false\\s*$");
    private static final Pattern NO_PLACEHOLDERS =
            Pattern.compile("(?im)^\\s*placeholderReplacement\\s*=\\s*false\\s*$");

    private final Configuration configuration;
    private final boolean mySql;

    FlywayScripts(Configuration configuration, boolean mySql) {
        this.configuration = configuration;
        this.mySql = mySql;
    }

    Content read(MigrationInfo info) {
        String name = info.getScript();
        try {
            Optional<String> text = text(name, info.getPhysicalLocation());
            if (text.isEmpty()) {
                return new Unreadable(
                        ScriptStatement.whole(name, 1, name, List.of()),
                        "its text was not found in Flyway's locations on the class path and in the file system");
            }
            // As Flyway looks for it: beside the script.
            String settings =
                    text(name + ".conf", info.getPhysicalLocation() + ".conf").orElse("");
            boolean replaces = configuration.isPlaceholderReplacement()
                    && !NO_PLACEHOLDERS.matcher(settings).find();
            List<ScriptStatement> statements =
                    ScriptReader.read(name, replaces ? replaced(text.get(), placeholders(name)) : text.get(), mySql);
            boolean inOneTransaction = configuration.isExecuteInTransaction()
                    && !NOT_IN_TRANSACTION.matcher(settings).find()
                    && !runsOutside(statements);
            return new Script(setUp(), statements, inOneTransaction);
        } catch (IOException unreadable) {
            return new Unreadable(ScriptStatement.whole(name, 1, name, List.of()), "it cannot be read: " + unreadable);
        }
    }

    private Optional<String> text(String name, String physical) throws IOException {
        for (Location location : configuration.getLocations()) {
            String descriptor = location.getDescriptor();
            if (descriptor.startsWith(CLASS_PATH)) {
                String folder = descriptor.substring(CLASS_PATH.length());
                try (InputStream found = configuration
                        .getClassLoader()
                        .getResourceAsStream(folder.isEmpty() ? name : folder + "/" + name)) {
                    if (found != null) {
                        return Optional.of(new String(found.readAllBytes(), configuration.getEncoding()));
                    }
                }
            } else if (descriptor.startsWith(FILE_SYSTEM)) {
                Path file = Path.of(descriptor.substring(FILE_SYSTEM.length()), name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(Files.readString(file, configuration.getEncoding()));
                }
            }
        }
        return !physical.isEmpty() && Files.isRegularFile(Path.of(physical))
                ? Optional.of(Files.readString(Path.of(physical), configuration.getEncoding()))
                : Optional.empty();
    }

    /** A session of Flyway's: what the configuration sends first, and the schema that it works in. */
    List<String> setUp() {
        List<String> setUp = new ArrayList<>();
        String schema = schema();
        if (!mySql && !schema.isEmpty()) {
            String quoted = '"' + schema.replace("\"", "\"\"") + '"';
            setUp.add("create schema if not exists " + quoted);
            setUp.add("set search_path = %s, \"$user\", public".formatted(quoted));
        }
        String sent = configuration.getInitSql();
        if (sent != null && !sent.isBlank()) {
            setUp.add(sent);
        }
        return setUp;
    }

    private String schema() {
        String[] schemas = configuration.getSchemas();
        if (configuration.getDefaultSchema() != null) {
            return configuration.getDefaultSchema();
        }
        return schemas.length == 0 ? "" : schemas[0];
    }

    private Map<String, String> placeholders(String name) {
        Map<String, String> values = new HashMap<>();
        String own = "flyway" + configuration.getPlaceholderSeparator();
        values.put(own + "filename", name);
        values.put(own + "table", configuration.getTable());
        values.put(own + "defaultschema", schema().isEmpty() ? "public" : schema());
        configuration.getPlaceholders().forEach((key, value) -> values.put(key.toLowerCase(Locale.ROOT), value));
        return values;
    }

    /** One without a value stays, and its statement fails. */
    private String replaced(String text, Map<String, String> values) {
        Pattern placeholder = Pattern.compile(Pattern.quote(configuration.getPlaceholderPrefix())
                + "(.*?)"
                + Pattern.quote(configuration.getPlaceholderSuffix()));
        return placeholder
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        values.getOrDefault(found.group(1).toLowerCase(Locale.ROOT), found.group())));
    }

    /**
     * Whether Flyway leaves its transaction out, because the statements refuse one: it does that if all of them do, or if it may mix them.
     */
    private boolean runsOutside(List<ScriptStatement> statements) {
        return !statements.isEmpty()
                && (configuration.isMixed()
                        ? statements.stream().anyMatch(FlywayScripts::refusesTransaction)
                        : statements.stream().allMatch(FlywayScripts::refusesTransaction));
    }

    private static boolean refusesTransaction(ScriptStatement statement) {
        return statement.begins("VACUUM")
                || statement.find("INDEX", "CONCURRENTLY") >= 0
                || statement.begins("REINDEX") && statement.find("INDEX") < 0 && statement.find("TABLE") < 0
                || statement.begins("ALTER", "SYSTEM")
                || statement.begins("CREATE", "DATABASE")
                || statement.begins("DROP", "DATABASE");
    }
}
