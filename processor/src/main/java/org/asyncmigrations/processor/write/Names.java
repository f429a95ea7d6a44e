package org.asyncmigrations.processor.write;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** Names in generated code that are made of names in the user's. */
final class Names {
    /** What the registry has already: its own methods and those of every object. */
    private static final Set<String> TAKEN = Set.of(
            "builder",
            "dispatch",
            "status",
            "migration",
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

    /** The handles' methods, in the order of versions: where a name is taken, the later one has its version appended. */
    static Map<Migration, String> handles(Build build) {
        Map<Migration, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(TAKEN);
        for (Migration migration : build.migrations()) {
            String name = decapitalized(migration.simpleName());
            if (SourceVersion.isKeyword(name) || !taken.add(name)) {
                name = free(name + migration.version().separated().replace('-', '_'), taken);
            }
            names.put(migration, name);
        }
        return names;
    }

    /** {@code BackfillEmail} becomes {@code backfillEmail}, {@code URLBackfill} becomes {@code urlBackfill}. */
    static String decapitalized(String name) {
        int capitals = 0;
        while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
            capitals++;
        }
        boolean wordFollows = capitals < name.length() && Character.isLowerCase(name.charAt(capitals));
        int lower = capitals > 1 && wordFollows ? capitals - 1 : capitals;
        return name.substring(0, lower).toLowerCase(Locale.ROOT) + name.substring(lower);
    }

    static String capitalized(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }
}
