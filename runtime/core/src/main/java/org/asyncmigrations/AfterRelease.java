package org.asyncmigrations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as a migration of the phase {@link Phase#AFTER_RELEASE}: it runs only once no older instance of the
 * application is at work any more, which {@link Mode} says. Checked when the class is compiled.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AfterRelease {
    /**
     * The migration's identity and its place in the one order of all migrations.
     *
     * @return a positive number, usually a UTC timestamp written {@code 20261121_093000L} (as {@code date -u +%Y%m%d_%H%M%S})
     */
    long version();

    /**
     * What it does, in a sentence for people.
     *
     * @return the sentence, empty for none
     */
    String description() default "";

    /**
     * The migrations that must be done before this one; each has a lower version.
     *
     * @return migration classes
     */
    Class<?>[] after() default {};

    /**
     * Whether a {@link DataMigration} runs in one transaction with the record of its being done.
     *
     * @return false for auto-commit, for statements that refuse a transaction; the work is then not promised to be done only once
     */
    boolean transactional() default true;

    /**
     * The version of the schema that must be there before it may run: of Flyway's history, or the id of a change set in
     * Liquibase's. Until it is, this migration waits, and with it those that follow, unless it is {@link #independent}.
     *
     * @return a version such as {@code 12.3}, or an id; empty for none
     */
    String requiresSchema() default "";

    /**
     * Whether it waits for an operator's approval before it begins; all that follow wait with it, unless it is
     * {@link #independent}. A database that the registry's builder assumes to be new asks for none.
     *
     * @return {@link Start#ON_APPROVAL} to wait
     */
    Start start() default Start.AUTOMATIC;

    /**
     * How long after its registration it begins at the earliest; all that follow wait with it, unless it is
     * {@link #independent}. A database that the registry's builder assumes to be new waits for nothing.
     *
     * @return an ISO-8601 duration of days or shorter units, such as {@code PT2H} or {@code P1D}; empty for at once
     */
    String startsAfter() default "";

    /**
     * Whether it stands outside of the order of versions. An independent migration waits only for those that it names in
     * {@link #after}, and holds up only those that name it, whatever it waits for and even if it fails. Two migrations, at least
     * one of them independent, never run on the same table at the same time: one waits until the other stops. The tables of a
     * migration are that of {@link BatchMigration#key()} and those in {@link #writes}; nothing keeps others off a table that is
     * in neither.
     *
     * @return true for a migration that needs nothing from earlier ones but what {@code after} names
     */
    boolean independent() default false;

    /**
     * The tables that it writes, as the database spells their names: {@code orders}, or {@code billing.orders} for a table of
     * another schema than the connection's. An independent {@link DataMigration} must name all of them, because nothing else
     * tells which tables it needs for itself; a {@link BatchMigration} names only those that it writes besides the table of its
     * key. An ordered {@link DataMigration} without any runs beside independent migrations on every table.
     *
     * @return names of tables
     */
    String[] writes() default {};
}
