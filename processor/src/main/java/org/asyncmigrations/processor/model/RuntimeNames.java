package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Set;

/**
 * What the processor knows about the runtime: only names, which a test compares with the real classes. Those classes explain what
 * they are for.
 */
public final class RuntimeNames {
    public static final String API = "org.asyncmigrations";
    public static final String STATE = API + ".state";
    private static final String DISPATCH = API + ".dispatch";

    public static final ClassName ASYNC_MIGRATION = api("AsyncMigration");
    public static final ClassName AFTER_RELEASE = api("AfterRelease");
    public static final ClassName ASYNC_MIGRATIONS = api("AsyncMigrations");
    public static final ClassName IDEMPOTENT = api("Idempotent");
    public static final ClassName CHANGES_SCHEMA = api("ChangesSchema");
    public static final ClassName RETIRES_COLUMN = api("RetiresColumn");
    public static final ClassName RETIRES_COLUMNS = RETIRES_COLUMN.nestedClass("List");
    public static final ClassName GENERATED_SOURCE = api("GeneratedSource");
    public static final ClassName CATALOG_ENTRIES = api("CatalogEntries");
    public static final ClassName CATALOG_OF = api("CatalogOf");

    public static final ClassName BY = api("By");
    public static final ClassName MODE = api("Mode");
    public static final ClassName PHASE = api("Phase");

    public static final ClassName DATA_MIGRATION = api("DataMigration");
    public static final ClassName BATCH_MIGRATION = api("BatchMigration");
    public static final ClassName SCHEMA_MIGRATION = api("SchemaMigration");
    public static final ClassName SCHEMA_CHANGE = api("SchemaChange");
    public static final ClassName EXPAND_CONTRACT = api("ExpandContract");
    public static final ClassName RENAME_BY_VIEW = api("RenameByView");
    public static final ClassName SQL_BACKFILL = api("SqlBackfill");
    public static final ClassName BACKFILL = api("Backfill");
    public static final ClassName BATCH_KEY = api("BatchKey");
    public static final ClassName GUARDED = api("Guarded");
    public static final ClassName MIGRATION_RUN = api("MigrationRun");
    public static final ClassName ROW_BATCH = api("RowBatch");

    public static final ClassName DISPATCH_STATUS = api("DispatchStatus");
    public static final ClassName DISPATCH_WORK = api("Dispatch");
    public static final ClassName MIGRATION_ENTRY = api("MigrationEntry");
    public static final ClassName MIGRATION_HANDLE = api("MigrationHandle");
    public static final ClassName MIGRATION_REGISTRY = api("MigrationRegistry");
    public static final ClassName RETIRED_COLUMN = api("RetiredColumn");

    public static final ClassName DISPATCHER = ClassName.get(DISPATCH, "Dispatcher");
    public static final ClassName INCLUDED_CATALOG = ClassName.get(DISPATCH, "IncludedCatalog");
    public static final ClassName MIGRATION_CATALOG = ClassName.get(DISPATCH, "MigrationCatalog");
    public static final ClassName REGISTRY_BUILDER = ClassName.get(DISPATCH, "RegistryBuilder");
    public static final ClassName WORK = ClassName.get(DISPATCH, "Work");

    public static final ClassName STATE_TABLES = ClassName.get(STATE, "StateTables");
    /** The classes of the state tables, in the order of the components of {@link #STATE_TABLES}. */
    public static final List<String> TABLES = List.of(
            "SchemaMigrations",
            "MigrationRanges",
            "MigrationRejects",
            "MigrationEvents",
            "MigrationBuilds",
            "MigrationInstances");

    /** The simple name of each registry. */
    public static final String REGISTRY = "AsyncMigrationRegistry";
    /** The static method of a registry that returns its catalog. */
    public static final String CATALOG_METHOD = "catalog";
    /** The package of the catalog classes, which point to registries; compilers can list it. */
    public static final String CATALOG_CLASSES = API + ".catalog";

    /** The method whose override says which rows are pending. */
    public static final String PENDING = "pending";
    /** The method that does the work of a migration. */
    public static final String MIGRATE = "migrate";
    /** The method that returns the key of a batch migration. */
    public static final String KEY = "key";
    /** The method that creates a key, or begins a back-fill. */
    public static final String KEY_FACTORY = "of";
    /** The method that creates a key from a table alone. */
    public static final String POSITION_FACTORY = "byPosition";
    /** The method that reverses a key. */
    public static final String DESCENDING = "descending";
    /** The method that returns the declaration of a back-fill. */
    public static final String DECLARES = "backfill";
    /** The methods that a back-fill must call. */
    public static final List<String> BACKFILL_PARTS = List.of("pending", "set");
    /** The method of a batch that executes SQL text. */
    public static final String EXECUTE = "execute";
    /** The methods of a schema change that take something away. */
    public static final Set<String> DROPS = Set.of("dropColumn", "dropIndex");
    /** The methods of a change in steps that take something away. */
    public static final Set<String> LAST_STEPS = Set.of("contract", "undo");
    /** The placeholder for the rows of the batch in that text. */
    public static final String ROWS_IN_TEXT = "{rows}";
    /** The methods of a batch that give access to the database without restricting rows. */
    public static final Set<String> CONNECTIONS = Set.of("dsl", "connection");

    /** The fingerprint if the source isn't available. */
    public static final String UNKNOWN_FINGERPRINT = "-";
    /** The default beginning of the names of the state tables. */
    public static final String DEFAULT_PREFIX = "async_";
    /** The default name of the interface of the services. */
    public static final String DEFAULT_SERVICES = "Services";
    /** Words that may be the name of a package, but not of a class. */
    public static final Set<String> NO_TYPES = Set.of("permits", "record", "sealed", "var", "yield");

    /** The constant with which a migration waits for an operator. */
    public static final String ON_APPROVAL = "ON_APPROVAL";

    /** The generated class that declares a registry and its services as beans. */
    public static final String BEANS = "AsyncMigrationBeans";

    /** The class that builds those registries, in a module of its own. */
    public static final String SPRING_REGISTRIES = API + ".spring.SpringRegistries";

    /** Lists the registries that are beans. */
    public static final String SPRING_FILE = "META-INF/spring/org.asyncmigrations.SpringRegistries.imports";

    /** The directory of the processor's files for later builds and for tools, among the classes. */
    private static final String META_INF = "META-INF/async-migrations/";
    /** The index, for the next build. */
    public static final String INDEX_FILE = META_INF + "index";
    /** The catalog, for tools. */
    public static final String CATALOG_FILE = META_INF + "catalog";
    /** The proof for the release step that the catalog belongs to a successful compile. */
    public static final String PROOF_FILE = META_INF + "checked";

    private RuntimeNames() {}

    private static ClassName api(String simpleName) {
        return ClassName.get(API, simpleName);
    }
}
