package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registry of another module.
 *
 * @param generated whether this processor has written it, so that it has a catalog
 * @param services what its catalog is made with, absent where it needs nothing
 * @param late whether its catalog can be asked for its migrations without services: an older processor's cannot
 * @param migrations what it runs, with what it includes itself
 * @param code their phases and fingerprints, as far as they are known
 * @param retired the migrations whose classes are gone and whose versions stay taken
 * @param state where its state is, as {@link RegistryPackage#state} says it
 * @param origin where it is included, the build where it merely is on the class path
 */
public record OtherRegistry(
        ClassName className,
        boolean generated,
        Optional<TypeName> services,
        boolean late,
        List<CatalogLine> migrations,
        Map<CatalogLine, String> code,
        List<CatalogLine> retired,
        String state,
        Origin origin) {
    public OtherRegistry {
        migrations = List.copyOf(migrations);
        code = Map.copyOf(code);
        retired = List.copyOf(retired);
    }

    /** {@return the migrations that it runs or has retired} */
    public Stream<CatalogLine> taken() {
        return Stream.concat(migrations.stream(), retired.stream());
    }

    /** {@return its full name} */
    public String name() {
        return className.canonicalName();
    }
}
