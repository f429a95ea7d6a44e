package org.asyncmigrations.processor.model;

import java.util.Comparator;
import java.util.Optional;

/** A migration in the form of a registry's catalog: {@code 20261121_093000 com.acme.BackfillEmailLower}. */
public record CatalogLine(long version, String className) {
    /** By version, and by name if the versions are equal. */
    public static final Comparator<CatalogLine> ORDER =
            Comparator.comparingLong(CatalogLine::version).thenComparing(CatalogLine::className);

    /** {@return the line of a migration of this build} */
    public static CatalogLine of(Migration migration) {
        return new CatalogLine(migration.version().value(), migration.name());
    }

    /** {@return the migration in a line, empty if the line has another form} */
    public static Optional<CatalogLine> parse(String text) {
        int space = text.indexOf(' ');
        try {
            return space < 0
                    ? Optional.empty()
                    : Optional.of(new CatalogLine(
                            Long.parseLong(text.substring(0, space).replace("_", "")), text.substring(space + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** {@return the line} */
    public String text() {
        return separated() + " " + className;
    }

    /** {@return its version in the usual form, with an underscore} */
    public String separated() {
        return Version.separated(version);
    }

    /** {@return the name of its class without package} */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** {@return its version as a literal in source code} */
    public String literal() {
        return separated() + "L";
    }
}
