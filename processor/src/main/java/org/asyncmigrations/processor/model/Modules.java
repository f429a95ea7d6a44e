package org.asyncmigrations.processor.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registries of other modules, as far as a build sees them.
 *
 * @param included those that its package names, each once
 * @param onClassPath those that point to themselves by a marker
 * @param named whether the build is a named module, where the package of the markers may be in one module only
 */
public record Modules(List<OtherRegistry> included, List<OtherRegistry> onClassPath, boolean named) {
    public Modules {
        included = List.copyOf(included);
        onClassPath = List.copyOf(onClassPath);
    }

    /** {@return the included registries that can be run} */
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

    /** {@return phases and fingerprints of the migrations of the included registries, as far as they are known} */
    public Map<CatalogLine, String> code() {
        Map<CatalogLine, String> code = new HashMap<>();
        runnable().forEach(registry -> registry.code().forEach(code::putIfAbsent));
        return code;
    }

    /** {@return whether a migration of an included registry is known to be independent} */
    public boolean isIndependent(CatalogLine listed) {
        return runnable().stream()
                .flatMap(registry -> Stream.ofNullable(registry.code().get(listed)))
                .anyMatch(code -> Turn.parse(code.substring(0, code.indexOf(' ')))
                        .filter(Turn::independent)
                        .isPresent());
    }

    /** {@return the versions that the registries of other modules list, retired ones among them} */
    public Set<Long> versions() {
        return Stream.concat(included.stream(), onClassPath.stream())
                .flatMap(OtherRegistry::taken)
                .map(CatalogLine::version)
                .collect(Collectors.toSet());
    }
}
