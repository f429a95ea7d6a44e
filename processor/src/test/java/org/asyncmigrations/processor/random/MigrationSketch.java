package org.asyncmigrations.processor.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A migration that is still being drawn: right at first, and then spoilt here and there. */
final class MigrationSketch {
    final String packageName;
    final String name;

    /** The classes around it, outermost first. */
    final List<String> holders = new ArrayList<>();

    /** What it is suppressed by, on itself or on the class around it. */
    final Set<String> suppressed = new TreeSet<>();

    final List<MigrationSketch> after = new ArrayList<>();
    final List<String> alsoAfter = new ArrayList<>();
    final List<String> parameters = new ArrayList<>();

    /** What must be found in its file. */
    final Set<String> findings = new TreeSet<>();

    boolean afterRelease;
    boolean secondPhase;
    long version;
    int spelling;

    @Nullable
    String description;

    boolean transactional = true;

    boolean data = true;
    boolean batch;
    boolean pending;
    boolean guarded;
    boolean verified;

    @Nullable
    String base;

    @Nullable
    String missingType;

    @Nullable
    String marker = "TRANSACTION";

    @Nullable
    String because;

    String access = "public ";
    String modifiers = "final ";
    String form = "class";
    String typeParameters = "";
    String constructorAccess = "public ";
    String moreConstructors = "";
    String body = "";

    /** Whether something has been spoilt: one thing a migration, so that it is known what must be said. */
    boolean spoilt;

    MigrationSketch(String packageName, String name) {
        this.packageName = packageName;
        this.name = name;
    }

    boolean isNested() {
        return !holders.isEmpty();
    }

    boolean isPlain() {
        return !isNested() && data && !guarded && base == null && parameters.isEmpty() && "TRANSACTION".equals(marker);
    }

    /** As other sources name it. */
    String fullName() {
        String outer = String.join(".", holders);
        return qualified(packageName, outer.isEmpty() ? name : outer + "." + name);
    }

    /** The path of the file that it is in. */
    String file() {
        return path(packageName, isNested() ? holders.get(0) : name);
    }

    void find(String finding) {
        findings.add(finding);
    }

    /** A warning, which the class may not want to hear. */
    void warn(String finding) {
        if (!suppressed.contains(finding)) {
            findings.add(finding);
        }
    }

    static String qualified(String packageName, String name) {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    static String path(String packageName, String name) {
        return qualified(packageName, name).replace('.', '/') + ".java";
    }
}
