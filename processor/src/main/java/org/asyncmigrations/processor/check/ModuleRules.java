package org.asyncmigrations.processor.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.RegistryPackage.Candidate;
import org.asyncmigrations.processor.model.Written;

/** Rules about the registry's package, and the registries of other modules. */
final class ModuleRules {
    /** Together with the longest table name, still shorter than PostgreSQL's limit of 63 characters. */
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,39})?");
    /** PostgreSQL's limit is 63 characters, MariaDB's is 64. */
    private static final Pattern SCHEMA = Pattern.compile("[^\"'`;\\[\\]\\p{Cntrl}]{0,63}");

    private ModuleRules() {}

    /** There must be exactly one package for the registry. */
    static void unclearPackage(Build build, Findings findings) {
        List<Candidate> candidates = build.registryPackage().candidates();
        if (candidates.size() > 1) {
            Message message = build.registryPackage().annotated()
                    ? Message.SEVERAL_REGISTRY_PACKAGES
                    : Message.NO_REGISTRY_PACKAGE;
            String packages = candidates.stream().map(Candidate::packageName).collect(Collectors.joining(", "));
            findings.add(message, candidates.get(1).origin(), packages);
        }
    }

    /** If the class path has two classes with the same name, one hides the other, and its migrations don't run. */
    static void registryElsewhere(Build build, Findings findings) {
        RegistryPackage here = build.registryPackage();
        build.modules().onClassPath().stream()
                .filter(registry -> registry.className().equals(here.registry()))
                .forEach(registry -> findings.add(Message.REGISTRY_ELSEWHERE, here.origin(), registry.name()));
    }

    /** The names of the state tables must be valid in every database, and the services must have a valid class name. */
    static void prefix(Build build, Findings findings) {
        check(build.registryPackage().prefix(), PREFIX, Message.BAD_PREFIX, findings);
        check(build.registryPackage().schema(), SCHEMA, Message.BAD_SCHEMA, findings);
        if (!build.registryPackage().canNameServices()) {
            Written services = build.registryPackage().services();
            findings.add(Message.BAD_SERVICES, services.origin(), Quoted.inLine(services.value()));
        }
    }

    /** Without Spring on the class path, the generated class with the beans would not compile. */
    static void withoutSpring(Build build, Findings findings) {
        RegistryPackage here = build.registryPackage();
        here.withoutSpring().ifPresent(origin -> findings.add(Message.SPRING_MISSING, origin, here.packageName()));
    }

    private static void check(Written setting, Pattern pattern, Message message, Findings findings) {
        if (!pattern.matcher(setting.value()).matches()) {
            findings.add(message, setting.origin(), Quoted.inLine(setting.value()));
        }
    }

    /** Only a registry with a catalog can be included. */
    static void included(Build build, Findings findings) {
        String packageName = build.registryPackage().packageName();
        for (OtherRegistry registry : build.modules().included()) {
            if (!registry.generated()) {
                findings.add(Message.NOT_A_REGISTRY, registry.origin(), registry.name(), packageName);
            }
        }
    }

    /** A migration, and a registry that runs it. */
    private record Place(CatalogLine migration, OtherRegistry registry) {}

    /**
     * A version belongs to one migration, whatever module it is in: modules on one class path usually share a database, unless
     * they declare that they have their own. A retired migration keeps its version. The same class with the same version, found
     * in two ways, is one migration.
     */
    static void duplicates(Build build, Findings findings) {
        Map<Long, List<Place>> places = new HashMap<>();
        for (OtherRegistry registry : build.modules().included()) {
            for (CatalogLine listed : registry.taken().toList()) {
                other(places, listed.version(), listed.className())
                        .ifPresent(first -> findings.add(
                                Message.DUPLICATE_VERSION_INCLUDED,
                                registry.origin(),
                                listed.literal(),
                                listed.className(),
                                registry.name(),
                                first.migration().className(),
                                first.registry().name()));
                note(new Place(listed, registry), places);
            }
        }
        build.modules().onClassPath().stream()
                .filter(registry ->
                        registry.state().equals(build.registryPackage().state()))
                .forEach(registry -> registry.taken().forEach(listed -> note(new Place(listed, registry), places)));
        for (Migration migration : build.versioned()) {
            other(places, migration.version().value(), migration.name())
                    .ifPresent(place -> findings.add(
                            Message.DUPLICATE_VERSION_ELSEWHERE,
                            migration.version(),
                            migration.name(),
                            place.migration().className(),
                            place.registry().name()));
        }
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
