package org.asyncmigrations.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.asyncmigrations.guard.Migration.Code;
import org.asyncmigrations.guard.Migration.Content;
import org.asyncmigrations.guard.Migration.Script;
import org.asyncmigrations.guard.Migration.Unreadable;

/**
 * Tells what SQL scripts would do to live tables: it runs them in a throw-away database and looks at locks, rewrites and scans there.
 * Each script is judged on the schema that those before it have left. Not for several threads.
 *
 * <p>The database has to be empty, and of the product and version that runs in production. The guard changes it: its tables get a row
 * each, and the scripts stay applied. A data source with a pool needs four connections.
 */
public final class Guard {
    private static final int NAMED = 3;

    private final String productName;
    private final Product product;
    private final InstantSource clock;
    private boolean inOneTransaction;
    private boolean hasSchema;
    private Optional<Running> running = Optional.empty();

    private Guard(String productName, Product product, InstantSource clock) {
        this.productName = productName;
        this.product = product;
        this.clock = clock;
    }

    /**
     * Begins with an empty database.
     *
     * @param throwAway a database that nobody else uses
     * @return the guard
     * @throws IllegalStateException if it has tables, or cannot be reached
     */
    public static Guard on(DataSource throwAway) {
        return on(throwAway, InstantSource.system());
    }

    static Guard on(DataSource throwAway, InstantSource clock) {
        try {
            String name = productName(throwAway);
            Product product = product(name, throwAway);
            List<String> tables = product.tables();
            if (!tables.isEmpty()) {
                throw new IllegalStateException(
                        "The guard needs a database without tables; this one has %d (%s%s). Create a new database for it."
                                .formatted(
                                        tables.size(),
                                        String.join(", ", tables.subList(0, Math.min(NAMED, tables.size()))),
                                        tables.size() > NAMED ? ", …" : ""));
            }
            return new Guard(name, product, clock);
        } catch (SQLException unreachable) {
            throw new IllegalStateException(
                    "The throw-away database cannot be used: " + unreachable.getMessage(), unreachable);
        }
    }

    private static String productName(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName();
        }
    }

    private static Product product(String name, DataSource dataSource) {
        return switch (name) {
            case "PostgreSQL" -> new Postgres(dataSource);
            case "MariaDB" -> new MariaDb(dataSource);
            default -> new CannotTell(name);
        };
    }

    /**
     * Makes the schema as it is in production: from the scripts that are released, or from a dump of it without data.
     *
     * @param scripts run in this order, not judged
     * @return this guard
     * @throws IllegalStateException if a statement fails
     */
    public Guard schema(Path... scripts) {
        try {
            for (Path script : scripts) {
                product.run(new Script(List.of(), read(script), false));
            }
            hasSchema = true;
        } catch (SQLException refused) {
            throw new IllegalStateException("The schema cannot be created: " + refused.getMessage(), refused);
        }
        return this;
    }

    /**
     * Asks the live database for the sizes of its tables and for the settings of its sessions: what takes long on a large table is a short
     * lock on a small one, and a time zone decides whether some changes of type rewrite. It is only read, once.
     *
     * @param live connects as the application does, or as somebody who may only read
     * @return this guard
     * @throws IllegalStateException if it cannot be reached, or is of another product
     */
    public Guard live(DataSource live) {
        try (Connection connection = live.getConnection()) {
            boolean wasReadOnly = connection.isReadOnly();
            connection.setReadOnly(true);
            try {
                ask(connection);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.setReadOnly(wasReadOnly);
            }
        } catch (SQLException unreachable) {
            throw new IllegalStateException(
                    "The live database cannot be read: " + unreachable.getMessage(), unreachable);
        }
        return this;
    }

    private void ask(Connection live) throws SQLException {
        String name = live.getMetaData().getDatabaseProductName();
        if (!name.equals(productName)) {
            throw new IllegalStateException(
                    "The throw-away database is %s and the live one is %s; use the same product for both."
                            .formatted(productName, name));
        }
        product.ask(live);
        running = Running.read(live, name.equals("PostgreSQL"));
    }

    /**
     * From now on, judges each script as one transaction, as Flyway runs it on PostgreSQL. Otherwise each statement is one, except
     * between {@code begin} and {@code commit}.
     *
     * @return this guard
     */
    public Guard inOneTransaction() {
        inOneTransaction = true;
        return this;
    }

    /**
     * Judges scripts that are not released.
     *
     * @param scripts in the order in which they will run
     * @return what was seen
     * @throws IllegalStateException if the database cannot be reached any more
     */
    public Report check(Path... scripts) {
        List<Judgement> judgements = new ArrayList<>();
        try {
            for (Path script : scripts) {
                judgements.addAll(product.judge(new Script(List.of(), read(script), inOneTransaction)));
            }
        } catch (SQLException lost) {
            throw lost(lost);
        }
        return report(judgements);
    }

    /**
     * Judges the migrations of a tool that are not released, in the order in which it will run them. Those that are released make
     * the schema, unless {@link #schema} has made it. Each is judged as the tool runs it: in a transaction or not.
     *
     * @param migrations such as {@code FlywayMigrations.of(flyway)}
     * @return what was seen
     * @throws IllegalStateException if the schema cannot be made, or the database cannot be reached any more
     */
    public Report check(Migrations migrations) {
        List<Judgement> judgements = new ArrayList<>();
        try {
            for (Migration migration : migrations.read(product.readsAsMySql())) {
                if (!migration.isReleased()) {
                    judgements.addAll(judge(migration.content()));
                } else if (!hasSchema) {
                    run(migration.content());
                }
            }
        } catch (SQLException lost) {
            throw lost(lost);
        }
        return report(judgements);
    }

    private void run(Content content) {
        try {
            if (content instanceof Script script) {
                product.run(script);
            } else if (content instanceof Code code) {
                product.run(code);
            } else if (content instanceof Unreadable unreadable) {
                throw new SQLException(unreadable.whole().file() + ": " + unreadable.reason());
            }
        } catch (Exception refused) {
            String where = content instanceof Code code ? code.whole().file() + ": " : "";
            throw new IllegalStateException("The schema cannot be created: " + where + refused.getMessage(), refused);
        }
    }

    private List<Judgement> judge(Content content) throws SQLException {
        if (content instanceof Script script) {
            return product.judge(script);
        } else if (content instanceof Code code) {
            return product.judge(code);
        }
        Unreadable unreadable = (Unreadable) content;
        return List.of(Judgement.cannot(unreadable.whole(), unreadable.reason()));
    }

    private Report report(List<Judgement> judgements) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Report(judgements.stream()
                .map(judgement -> judgement.finding(today, running))
                .toList());
    }

    private static IllegalStateException lost(SQLException lost) {
        return new IllegalStateException("The throw-away database cannot be used: " + lost.getMessage(), lost);
    }

    private List<ScriptStatement> read(Path script) {
        try {
            return ScriptReader.read(script.getFileName().toString(), Files.readString(script), product.readsAsMySql());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
