/**
 * The runtime of async-migrations: annotations and interfaces for migrations, the registry that runs them, and what generated code,
 * adapters for job engines and operators' tools use. Packages that aren't exported may change with any version.
 */
// The modules of the qualified exports are compiled after this one.
@SuppressWarnings("module")
module org.asyncmigrations {
    // Without it, nothing is recorded, and everything else works.
    requires static jdk.jfr;
    requires org.slf4j;
    // Annotations on jOOQ's Settings, which javadoc wants to see.
    requires static jakarta.xml.bind;
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires transitive org.jooq;

    exports org.asyncmigrations;
    exports org.asyncmigrations.dispatch;
    exports org.asyncmigrations.operator;
    // In these three, some classes are only for the closed packages. Methods of theirs that take a closed type suppress
    // javac's warning "exports".
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
