package org.asyncmigrations.processor.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** A version is a migration's identity. Said at both places: nobody but the author knows which of them is the newcomer. */
final class DuplicateVersion implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        Map<Long, List<Migration>> byVersion = new TreeMap<>();
        build.versioned()
                .forEach(m -> byVersion
                        .computeIfAbsent(m.version().value(), v -> new ArrayList<>())
                        .add(m));
        for (List<Migration> same : byVersion.values()) {
            for (Migration migration : same.size() > 1 ? same : List.<Migration>of()) {
                Migration other = same.get(0).equals(migration) ? same.get(1) : same.get(0);
                findings.add(
                        Message.DUPLICATE_VERSION,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.name(),
                        other.name());
            }
        }
    }
}
