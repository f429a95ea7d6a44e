package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as a migration of the phase {@link Phase#AFTER_RELEASE}: it runs only when no older instance of the application is
 * running, as {@link Mode} decides. The compiler checks it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AfterRelease {
    /**
     * The migration's identity, and its place in the order of all migrations.
     *
     * @return a positive number, usually a UTC timestamp written {@code 20261121_093000L} (as {@code date -u +%Y%m%d_%H%M%S})
     */
    long version();

    /**
     * What the migration does, in one sentence for people.
     *
     * @return the sentence, empty for none
     */
    String description() default "";

    /**
     * The migrations that must be done before this one. Each has a lower version.
     *
     * @return migration classes
     */
    Class<?>[] after() default {};

    /**
     * Whether a {@link DataMigration} runs in one transaction, together with the record that it is done.
     *
     * @return false for auto-commit, for statements that can't run in a transaction; the work may then run more than once
     */
    boolean transactional() default true;

    /**
     * The version of the schema that this migration needs: a version in Flyway's history, or the id of a change set in Liquibase's.
     * Until it is there, this migration waits, and so do all that follow, unless it is {@link #independent}.
     *
     * @return a version such as {@code 12.3}, or an id; empty for none
     */
    String requiresSchema() default "";

    /**
     * Whether this migration waits for an operator's approval before it begins. All that follow wait too, unless it is
     * {@link #independent}. If the registry's builder assumes that the database is new, no approval is needed.
     *
     * @return {@link Start#ON_APPROVAL} to wait
     */
    Start start() default Start.AUTOMATIC;

    /**
     * The shortest time between this migration's registration and its start. All that follow wait too, unless it is
     * {@link #independent}. If the registry's builder assumes that the database is new, there is no delay.
     *
     * @return an ISO-8601 duration of days or shorter units, such as {@code PT2H} or {@code P1D}; empty for no delay
     */
    String startsAfter() default "";

    /**
     * Whether this migration is outside the order of versions. An independent migration waits only for those that it names in
     * {@link #after}. It holds up only those that name it, whatever it waits for and even if it fails. If one of two migrations is
     * independent, they never run on the same table at the same time: one waits until the other stops. A migration's tables are the
     * table of {@link BatchMigration#key()} and those in {@link #writes}; a table in neither isn't protected.
     *
     * @return true for a migration that needs nothing from earlier ones except those in {@code after}
     */
    boolean independent() default false;

    /**
     * The tables that this migration writes, spelled as in the database: {@code orders}, or {@code billing.orders} for a table in
     * another schema than the connection's. An independent {@link DataMigration} must name all of them, since nothing else tells
     * which tables it needs. A {@link BatchMigration} names only those that it writes besides the table of its key. If an ordered
     * {@link DataMigration} names none, independent migrations may run on any table at the same time.
     *
     * @return names of tables
     */
    String[] writes() default {};
}
