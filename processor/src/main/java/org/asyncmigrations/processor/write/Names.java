package org.asyncmigrations.processor.write;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Names in generated code that are derived from names in the user's code. */
final class Names {
    /** Names that the registry has already: its own methods and those of every object. */
    private static final Set<String> TAKEN = Set.of(
            "builder",
            "catalog",
            "dispatch",
            "entries",
            "status",
            "migration",
            "arrive",
            "stopWork",
            "work",
            "close",
            "clone",
            "equals",
            "finalize",
            "getClass",
            "hashCode",
            "notify",
            "notifyAll",
            "toString",
            "wait");

    private Names() {}

    /**
     * {@return the names of the handles' methods, in the order of versions, first the module's own and then those of included
     * registries} If a name is taken, the version is appended to the later one.
     */
    static Map<CatalogLine, String> handles(Build build) {
        Map<CatalogLine, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(TAKEN);
        Set<Long> versions = new HashSet<>();
        for (Migration migration : build.migrations()) {
            versions.add(migration.version().value());
            names.put(CatalogLine.of(migration), handle(CatalogLine.of(migration), taken));
        }
        for (CatalogLine included : build.modules().migrations()) {
            if (versions.add(included.version())) {
                names.put(included, handle(included, taken));
            }
        }
        return names;
    }

    private static String handle(CatalogLine migration, Set<String> taken) {
        String name = decapitalized(migration.simpleName());
        return SourceVersion.isKeyword(name) || !taken.add(name)
                ? free(name + migration.separated().replace('-', '_'), taken)
                : name;
    }

    /**
     * {@return a class name for a package: {@code com_acme_shop_12} for {@code com.acme.shop_2}} As in JNI, two packages never
     * get the same name, because no part of a package's name begins with a digit.
     */
    static String catalogClass(String packageName) {
        String name = packageName.replace("_", "_1").replace('.', '_');
        return SourceVersion.isKeyword(name) || RuntimeNames.NO_TYPES.contains(name) ? name + "_" : name;
    }

    /** {@return {@code backfillEmail} for {@code BackfillEmail}, {@code urlBackfill} for {@code URLBackfill}} */
    static String decapitalized(String name) {
        int capitals = 0;
        while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
            capitals++;
        }
        boolean wordFollows = capitals < name.length() && Character.isLowerCase(name.charAt(capitals));
        int lower = capitals > 1 && wordFollows ? capitals - 1 : capitals;
        return name.substring(0, lower).toLowerCase(Locale.ROOT) + name.substring(lower);
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }
}
