package org.asyncmigrations.state;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.jooq.DDLExportConfiguration;
import org.jooq.DDLFlag;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.conf.ParamType;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Creates the state tables, and adds the columns that tables of an older version lack. Stateless and thread-safe. */
@SuppressWarnings("exports")
public final class StateSchema {
    /** Columns that no other application's table of this name has; the Rails table has version, direction and state. */
    private static final Set<String> OURS = Set.of("version", "fingerprint", "token");

    /** One for each column that others may add at the same time. */
    private static final int TRIES = 10;

    /** A column of that name exists: MariaDB, MySQL and H2; PostgreSQL lets only one session at a time. */
    private static final Set<String> COLUMN_EXISTS = Set.of("42S21", "42701");

    /** Problems that end on their own, including a read-only server: the tables are created afterwards. */
    private static final Set<Trouble> PASSING =
            Set.of(Trouble.CONNECTION, Trouble.FULL, Trouble.LOCK, Trouble.CONFLICT, Trouble.TIMEOUT);

    /** Columns that the library can do without, if the database user may not add them. */
    private static final Set<String> OPTIONAL = Set.of(
            "accepted_because",
            "pause_cause",
            "tuning",
            "batch_keys",
            "batch_millis",
            "keys_per_second",
            "runtime",
            "counts_until",
            "independent",
            "works_on");

    private StateSchema() {}

    /**
     * Creates what is missing. Several instances may do this at once. Optional columns that may not be added are left out.
     *
     * @param connections connects to the database
     * @param tables the tables' generated classes
     * @return which columns were left out, and the statements that add them, for people; null for none
     * @throws SQLException if there is no connection
     * @throws DataAccessException if the database can't be used at the moment
     * @throws MigrationException if a table belongs to something else, or the right to create one is missing; the message says what
     *     to do
     */
    public static @Nullable String install(Connections connections, StateTables tables) throws SQLException {
        Predicate<Field<?>> added = field -> true;
        String leftOut = null;
        for (int tries = 1; ; tries++) {
            try {
                installOnce(connections, tables, added);
                return leftOut;
            } catch (DataAccessException failure) {
                // Another instance has added the same column in the meantime.
                if (tries == TRIES || !COLUMN_EXISTS.contains(failure.sqlState())) {
                    throw failure;
                }
            } catch (OptionalColumnException refused) {
                leftOut = refused.getMessage();
                added = field -> !isOptional(field);
            }
        }
    }

    /** {@return whether the library can do without a column} */
    static boolean isOptional(Field<?> column) {
        return OPTIONAL.contains(column.getName());
    }

    private static void installOnce(Connections connections, StateTables tables, Predicate<Field<?>> added)
            throws SQLException {
        try (Session session = connections.borrow()) {
            session.begin(Limits.STATE);
            StateNames names = StateNames.of(connections, tables);
            DSLContext dsl = names.in(session.dsl(), tables);
            Product product = session.product();
            product.lockCreation(dsl, names.schema());
            // Checks all tables before creating the first one: some products can't roll that back.
            Map<Table<?>, Set<String>> present = present(session, names, tables);
            String optional = optional(dsl, present);
            present.forEach((table, columns) -> complete(dsl, product, table, columns, field -> {
                if (added.test(field)) {
                    add(dsl, table, field, optional);
                }
            }));
            session.commit();
        } catch (DataAccessException failure) {
            if (PASSING.contains(Trouble.of(failure)) || COLUMN_EXISTS.contains(failure.sqlState())) {
                throw failure;
            }
            throw new MigrationException(0, refusal(failure, tables, connections), failure);
        }
    }

    /** {@return the existing columns of each table, none if the table doesn't exist} */
    private static Map<Table<?>, Set<String>> present(Session session, StateNames names, StateTables tables) {
        Map<Table<?>, Set<String>> present = new LinkedHashMap<>();
        for (Table<?> table : tables.all()) {
            Set<String> columns = session.dsl()
                    .connectionResult(
                            connection -> session.product().columns(connection, names.schema(), table.getName()));
            refuseForeign(table, columns, names, tables);
            present.put(table, columns);
        }
        return present;
    }

    /**
     * Whether the state tables exist.
     *
     * @param connections connects to the database
     * @param tables the tables' classes
     * @return whether the migrations table exists
     * @throws SQLException if there is no connection
     * @throws MigrationException if a table belongs to something else
     */
    public static boolean exists(Connections connections, StateTables tables) throws SQLException {
        return !looked(connections, StateNames.of(connections, tables), tables)
                .getOrDefault(tables.migrations(), Set.of())
                .isEmpty();
    }

    /**
     * Checks that this version can read the tables.
     *
     * @param connections connects to the database
     * @param tables the tables' classes
     * @throws SQLException if there is no connection
     * @throws MigrationException if the tables don't exist, or one belongs to something else or lacks a column; the message says
     *     what to do
     */
    public static void requireColumns(Connections connections, StateTables tables) throws SQLException {
        StateNames names = StateNames.of(connections, tables);
        Map<Table<?>, Set<String>> present = looked(connections, names, tables);
        if (present.getOrDefault(tables.migrations(), Set.of()).isEmpty()) {
            throw new MigrationException(
                    0,
                    "there are no state tables of async-migrations in schema " + names.schema() + " (no "
                            + tables.migrations().getName()
                            + "); name another schema or prefix, or let the application create them with dispatch()",
                    null);
        }
        present.forEach((table, columns) -> table.fieldStream()
                .filter(field -> !columns.contains(field.getName()) && !(isOptional(field) && !columns.isEmpty()))
                .findFirst()
                .ifPresent(field -> {
                    throw new MigrationException(
                            0,
                            "the table " + table.getName() + " in schema " + names.schema()
                                    + (columns.isEmpty()
                                            ? " is missing"
                                            : " was created by an older version and lacks the column "
                                                    + field.getName())
                                    + "; start an instance with this version once, which adds it",
                            null);
                }));
    }

    /**
     * Refuses tables of a newer version, since this version would not maintain their new columns.
     *
     * @param connections connects to the database
     * @param tables the tables' classes
     * @throws SQLException if there is no connection
     * @throws MigrationException if a table has a column that this version doesn't know, or belongs to something else
     */
    public static void refuseNewer(Connections connections, StateTables tables) throws SQLException {
        StateNames names = StateNames.of(connections, tables);
        looked(connections, names, tables)
                .forEach((table, columns) -> columns.stream()
                        .filter(column -> table.field(column) == null)
                        .findFirst()
                        .ifPresent(column -> {
                            throw new MigrationException(
                                    0,
                                    "the table " + table.getName() + " in schema " + names.schema() + " has the column "
                                            + column
                                            + ", which this version does not know; use the version that the application"
                                            + " uses",
                                    null);
                        }));
    }

    /** {@return the optional columns that the tables don't have} */
    static Set<Field<?>> absent(StateTransaction tx) {
        Set<Field<?>> absent = new HashSet<>();
        for (Table<?> table : tx.tables().all()) {
            List<Field<?>> optional =
                    table.fieldStream().filter(StateSchema::isOptional).toList();
            if (!optional.isEmpty()) {
                Set<String> present = tx.columns(table);
                optional.stream()
                        .filter(field -> !present.contains(field.getName()))
                        .forEach(absent::add);
            }
        }
        return absent;
    }

    private static Map<Table<?>, Set<String>> looked(Connections connections, StateNames names, StateTables tables)
            throws SQLException {
        try (Session session = connections.borrow()) {
            session.begin(Limits.STATE);
            Map<Table<?>, Set<String>> present = present(session, names, tables);
            session.commit();
            return present;
        }
    }

    private static void refuseForeign(Table<?> table, Set<String> present, StateNames names, StateTables tables) {
        if (!present.isEmpty() && !isOurs(table, present, tables)) {
            throw new MigrationException(
                    0,
                    "table " + table.getName()
                            + " is not a table of async-migrations (in " + names.schema() + " it has the columns "
                            + present.stream().sorted().collect(Collectors.joining(", "))
                            + "); rename it, or choose another prefix with @AsyncMigrations(prefix = \"…\")",
                    null);
        }
    }

    /** The columns of the other tables have common names. If half of them exist, that's no accident. */
    private static boolean isOurs(Table<?> table, Set<String> present, StateTables tables) {
        long known = table.fieldStream()
                .filter(field -> present.contains(field.getName()))
                .count();
        return table == tables.migrations() ? present.containsAll(OURS) : known * 2 >= table.fields().length;
    }

    private static void complete(
            DSLContext dsl, Product product, Table<?> table, Set<String> present, Consumer<Field<?>> addition) {
        if (present.isEmpty()) {
            creation(dsl, product, table).forEach(sql -> dsl.execute(sql));
            return;
        }
        for (Field<?> field : table.fields()) {
            if (!present.contains(field.getName())) {
                addition.accept(field);
            }
        }
    }

    /** {@return the statements that add all missing optional columns, one per line} */
    private static String optional(DSLContext dsl, Map<Table<?>, Set<String>> present) {
        return present.entrySet().stream()
                .filter(table -> !table.getValue().isEmpty())
                .flatMap(table -> table.getKey()
                        .fieldStream()
                        .filter(field -> isOptional(field) && !table.getValue().contains(field.getName()))
                        .map(field -> addition(dsl, table.getKey(), field).getSQL(ParamType.INLINED) + ";"))
                .collect(Collectors.joining("\n"));
    }

    private static void add(DSLContext dsl, Table<?> table, Field<?> field, String optional) {
        try {
            addition(dsl, table, field).execute();
        } catch (DataAccessException failure) {
            if (!isOptional(field)
                    || COLUMN_EXISTS.contains(failure.sqlState())
                    || PASSING.contains(Trouble.of(failure))) {
                throw failure;
            }
            throw new OptionalColumnException(optional, failure);
        }
    }

    private static Query addition(DSLContext dsl, Table<?> table, Field<?> field) {
        return dsl.alterTable(table).addColumn(field.getUnqualifiedName(), added(field));
    }

    /** {@return the statement that adds a column, for users who may not add it at run time} */
    static String addition(StateTransaction tx, Table<?> table, Field<?> field) {
        return addition(tx.dsl(), table, field).getSQL();
    }

    /** An optional column may not be added. */
    private static final class OptionalColumnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OptionalColumnException(String additions, DataAccessException failure) {
            super(
                    "the state tables lack columns of this version, so the features that need them are off: "
                            + words(failure) + "; let a user with the right to add them run\n" + additions,
                    failure);
        }
    }

    /** The first line; H2 writes the statement below it. */
    private static String words(DataAccessException failure) {
        String words = Trouble.words(Objects.requireNonNullElse(Trouble.sqlException(failure), failure));
        return words.lines().findFirst().orElse("").replaceFirst("; SQL statement:$", "");
    }

    /** A column that older code doesn't fill: it has a default, or may be null. */
    private static <T> DataType<T> added(Field<T> field) {
        DataType<T> type = field.getDataType();
        if (type.nullable()) {
            return type;
        }
        if (type.isString() && type.lengthDefined()) {
            // Not NULL: a comparison with the column, such as a claim's with the run, would never match.
            return type.default_(DSL.inline("", type));
        }
        if (type.isNumeric()) {
            // Not a cast: MySQL allows no expression as a default.
            return type.default_(DSL.inline(0).coerce(type));
        }
        return type.getType() == Boolean.class ? type.default_(DSL.inline(false).coerce(type)) : type.nullable(true);
    }

    private static List<String> creation(DSLContext dsl, Product product, Table<?> table) {
        DDLExportConfiguration what = new DDLExportConfiguration()
                .flags(DDLFlag.TABLE, DDLFlag.PRIMARY_KEY)
                .createTableIfNotExists(true);
        return dsl.ddl(table, what)
                .queryStream()
                .map(Query::getSQL)
                .map(product::definition)
                .toList();
    }

    /**
     * The statements that create all tables, for users who may not create them at run time.
     *
     * @param connections connects to the database
     * @param tables the tables' classes
     * @return the statements, each followed by a semicolon
     * @throws SQLException if there is no connection
     */
    public static String script(Connections connections, StateTables tables) throws SQLException {
        try (Session session = connections.borrow()) {
            DSLContext dsl = StateNames.of(connections, tables).in(session.dsl(), tables);
            return tables.all().stream()
                    .flatMap(table -> creation(dsl, session.product(), table).stream())
                    .collect(Collectors.joining(";\n", "", ";"));
        }
    }

    private static String scriptOrWhyNot(Connections connections, StateTables tables) {
        try {
            return script(connections, tables);
        } catch (SQLException failure) {
            return "(the script could not be written: " + failure.getMessage() + ")";
        }
    }

    private static String refusal(DataAccessException failure, StateTables tables, Connections connections) {
        if (Trouble.advice(failure) != null) {
            return "the state tables could not be created: " + Trouble.words(failure);
        }
        String message = failure.getCause() == null
                ? failure.getMessage()
                : failure.getCause().getMessage();
        return "the state tables could not be created: " + message
                + "; give the application's database user the right to create tables, or let another user run\n"
                + scriptOrWhyNot(connections, tables);
    }
}
