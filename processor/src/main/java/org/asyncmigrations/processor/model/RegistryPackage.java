package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the registry goes, and what the state tables are called.
 *
 * @param candidates the packages that it could have been; more than one is a finding
 * @param annotated whether the candidates are annotated {@code @AsyncMigrations}, else they have migrations
 * @param schema the schema of the state tables, empty for the connection's own
 * @param prefix what their names begin with
 * @param services what the interface of the services is called
 * @param canNameServices whether a class can have that name, and no other class that is needed has it
 * @param database the name of the database, empty for the one that most modules use
 * @param listed whether the compilers of other modules see the versions without including the registry
 * @param hidesLanguage whether a class of the package is called as one of {@code java.lang}
 * @param spring whether Spring's beans are what the migrations are made with
 * @param withoutSpring where that is said although the class path has no such beans
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
    /** A package that the registry could go to; the origin is its annotation, or a migration in it. */
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

    /** {@return where the state is: what another module's registry has to share for a version to be taken} */
    public String state() {
        return (database.isEmpty() ? "" : database + ":")
                + (schema.value().isEmpty() ? "" : schema.value() + ".")
                + prefix.value();
    }

    /** {@return the name of the services; the usual one if the other is no name} */
    public ClassName servicesName() {
        return ClassName.get(packageName, canNameServices ? services.value() : RuntimeNames.DEFAULT_SERVICES);
    }

    /**
     * {@return the class in the type of a parameter that is made of all migrations, so that none can be made with it} Before it is
     * generated, it is known by its simple name.
     */
    public Optional<ClassName> generatedIn(Parameter parameter) {
        List<String> names = List.of(parameter.type().toString().split("[^\\w.$]+"));
        return Stream.of(registry(), servicesName(), ClassName.get(packageName, RuntimeNames.BEANS))
                .filter(own -> names.contains(own.canonicalName())
                        || !parameter.resolved() && names.contains(own.simpleName()))
                .findFirst();
    }
}
