/**
 * The runtime of async-migrations: annotations and interfaces for migrations, the registry that runs them, and what generated code,
 * adapters for job engines and operators' tools use. Packages that aren't exported may change with any version.
 */
@SuppressWarnings("module") // The modules of the qualified exports are compiled after this one.
module org.asyncmigrations {
    requires jdk.jfr;
    requires org.slf4j;
    requires static jakarta.xml.bind;
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires transitive org.jooq;

    exports org.asyncmigrations;
    exports org.asyncmigrations.dispatch;
    exports org.asyncmigrations.operator;
    exports org.asyncmigrations.release;
    exports org.asyncmigrations.state;
    exports org.asyncmigrations.throttle;
    exports org.asyncmigrations.batch to
            org.asyncmigrations.testing;
    exports org.asyncmigrations.product to
            org.asyncmigrations.spring,
            org.asyncmigrations.testing;
    exports org.asyncmigrations.session to
            org.asyncmigrations.testing;
}
