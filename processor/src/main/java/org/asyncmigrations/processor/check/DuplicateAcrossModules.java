package org.asyncmigrations.processor.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Listed;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.OtherRegistry;

/**
 * A version is one migration's, whatever module it is in: modules that are on one class path mostly end in one database. The
 * same class with the same version, met on two ways, is one migration.
 */
final class DuplicateAcrossModules implements Rule {
    /** A migration, and a registry that runs it. */
    private record Place(Listed migration, OtherRegistry registry) {}

    @Override
    public void check(Build build, Findings findings) {
        Map<Long, List<Place>> places = new HashMap<>();
        for (OtherRegistry registry : build.modules().included()) {
            for (Listed listed : registry.migrations()) {
                Place place = new Place(listed, registry);
                other(places, listed.version(), listed.className())
                        .ifPresent(first -> findings.add(
                                Message.DUPLICATE_VERSION_INCLUDED,
                                registry.origin(),
                                listed.literal(),
                                listed.className(),
                                registry.name(),
                                first.migration().className(),
                                first.registry().name()));
                note(place, places);
            }
        }
        build.modules()
                .onClassPath()
                .forEach(registry ->
                        registry.migrations().forEach(listed -> note(new Place(listed, registry), places)));
        build.versioned().forEach(migration -> checkOwn(migration, places, findings));
    }

    private static void checkOwn(Migration migration, Map<Long, List<Place>> places, Findings findings) {
        other(places, migration.version().value(), migration.name())
                .ifPresent(place -> findings.add(
                        Message.DUPLICATE_VERSION_ELSEWHERE,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.name(),
                        place.migration().className(),
                        place.registry().name()));
    }

    private static void note(Place place, Map<Long, List<Place>> places) {
        places.computeIfAbsent(place.migration().version(), version -> new ArrayList<>())
                .add(place);
    }

    private static Optional<Place> other(Map<Long, List<Place>> places, long version, String className) {
        return places.getOrDefault(version, List.of()).stream()
                .filter(place -> !place.migration().className().equals(className))
                .findFirst();
    }
}
