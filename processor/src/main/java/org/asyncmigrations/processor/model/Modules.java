package org.asyncmigrations.processor.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registries of other modules that a build sees.
 *
 * @param included those that its package includes, each once
 * @param onClassPath those that a catalog class on the class path lists
 * @param named whether the build is a named module; only one module may then have the package of the catalog classes
 */
public record Modules(List<OtherRegistry> included, List<OtherRegistry> onClassPath, boolean named) {
    public Modules {
        included = List.copyOf(included);
        onClassPath = List.copyOf(onClassPath);
    }

    /** {@return the included registries that can run} */
    public List<OtherRegistry> runnable() {
        return included.stream().filter(OtherRegistry::generated).toList();
    }

    /** {@return the migrations of the included registries, in the order of versions, each once} */
    public List<CatalogLine> migrations() {
        return runnable().stream()
                .flatMap(registry -> registry.migrations().stream())
                .distinct()
                .sorted(CatalogLine.ORDER)
                .toList();
    }

    /** {@return the phases and fingerprints of the migrations of the included registries, as far as they are known} */
    public Map<CatalogLine, String> code() {
        Map<CatalogLine, String> code = new HashMap<>();
        runnable().forEach(registry -> registry.code().forEach(code::putIfAbsent));
        return code;
    }

    /** {@return whether a migration of an included registry is known to be independent} */
    public boolean isIndependent(CatalogLine listed) {
        return runnable().stream()
                .flatMap(registry -> Stream.ofNullable(registry.code().get(listed)))
                .anyMatch(code -> RunPhase.parse(code.substring(0, code.indexOf(' ')))
                        .filter(RunPhase::independent)
                        .isPresent());
    }

    /** {@return the versions in the registries of other modules, including retired ones} */
    public Set<Long> versions() {
        return Stream.concat(included.stream(), onClassPath.stream())
                .flatMap(OtherRegistry::taken)
                .map(CatalogLine::version)
                .collect(Collectors.toSet());
    }
}
