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
 * @param services the services that its catalog needs, absent if it needs none
 * @param late whether its catalog can list its migrations without services; one written by an older processor can't
 * @param migrations the migrations that it runs, including those of registries that it includes
 * @param code their phases and fingerprints, as far as they are known
 * @param retired the migrations whose classes are gone, but whose versions stay taken
 * @param state where its state is, as {@link RegistryPackage#state} returns it
 * @param origin the place where it is included, or the build if it is only on the class path
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
