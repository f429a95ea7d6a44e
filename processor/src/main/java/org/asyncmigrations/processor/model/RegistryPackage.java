package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The package of the registry, and the names of the state tables.
 *
 * @param candidates the packages that it could have been; more than one is a finding
 * @param annotated whether the candidates are annotated {@code @AsyncMigrations}; otherwise they contain migrations
 * @param schema the schema of the state tables, empty for the connection's own
 * @param prefix the beginning of their names
 * @param services the name of the interface of the services
 * @param canNameServices whether a class can have that name, and no other required class has it
 * @param database the name of the database, empty for the one that most modules use
 * @param listed whether other modules can see the versions without including the registry
 * @param hidesLanguage whether a class of the package has the same name as one in {@code java.lang}
 * @param spring whether the services are Spring beans
 * @param withoutSpring the place of that setting, if the class path lacks Spring
 */
public record RegistryPackage(
        String packageName,
        List<Candidate> candidates,
        boolean annotated,
        Written schema,
        Written prefix,
        Written services,
        boolean canNameServices,
        String database,
        boolean listed,
        boolean hidesLanguage,
        boolean spring,
        Optional<Origin> withoutSpring) {
    /** A package that the registry could be in. The origin is its annotation, or a migration in it. */
    public record Candidate(String packageName, Origin origin) {}

    public RegistryPackage {
        candidates = List.copyOf(candidates);
    }

    /** {@return the annotation of the package, or a migration in it} */
    public Origin origin() {
        return candidates.stream().findFirst().map(Candidate::origin).orElse(Origin.BUILD);
    }

    /** {@return the registry's name} */
    public ClassName registry() {
        return ClassName.get(packageName, RuntimeNames.REGISTRY);
    }

    /** {@return where the state is; a version is taken if another module's registry has the same} */
    public String state() {
        return (database.isEmpty() ? "" : database + ":")
                + (schema.value().isEmpty() ? "" : schema.value() + ".")
                + prefix.value();
    }

    /** {@return the name of the services; the default if the configured one can't be used} */
    public ClassName servicesName() {
        return ClassName.get(packageName, canNameServices ? services.value() : RuntimeNames.DEFAULT_SERVICES);
    }

    /**
     * {@return the generated class in a parameter's type: it needs all migrations, so no migration can need it} Before it is
     * generated, only its simple name is known.
     */
    public Optional<ClassName> generatedIn(Parameter parameter) {
        List<String> names = List.of(parameter.type().toString().split("[^\\w.$]+"));
        return Stream.of(registry(), servicesName(), ClassName.get(packageName, RuntimeNames.BEANS))
                .filter(own -> names.contains(own.canonicalName())
                        || !parameter.resolved() && names.contains(own.simpleName()))
                .findFirst();
    }
}
