package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;

/**
 * Where the registry goes, and what the state tables are called.
 *
 * @param candidates the packages that it could have been; more than one is a finding
 * @param annotated whether the candidates are annotated {@code @AsyncMigrations}, else they have migrations
 * @param schema the schema of the state tables, empty for the connection's own
 * @param prefix what their names begin with
 * @param services what the interface of the services is called
 * @param database the name of the database, empty for the one that most modules use
 * @param listed whether the compilers of other modules see the versions without including the registry
 * @param hidesLanguage whether a class of the package is called as one of {@code java.lang}
 * @param spring whether Spring's beans are what the migrations are made with
 */
public record RegistryPackage(
        String packageName,
        List<Candidate> candidates,
        boolean annotated,
        Written schema,
        Written prefix,
        Written services,
        String database,
        boolean listed,
        boolean hidesLanguage,
        boolean spring) {
    /** A package that the registry could go to; the origin is its annotation, or a migration in it. */
    public record Candidate(String packageName, Origin origin) {}

    public RegistryPackage {
        candidates = List.copyOf(candidates);
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

    /** {@return whether a class can have the name that the services shall have, and no other class that is needed has it} */
    public boolean canNameServices() {
        String name = services.value();
        boolean generated = name.equals(RuntimeNames.REGISTRY)
                || RuntimeNames.TABLES.stream().anyMatch(table -> name.matches("Async" + table + "(Record)?"));
        return ServiceComponents.isName(name)
                && !RuntimeNames.NO_TYPES.contains(name)
                && !generated
                && !isOfLanguage(name);
    }

    /** Generated code would mean this one by {@code String}. */
    private static boolean isOfLanguage(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** {@return the name of the services; the usual one if the other is no name} */
    public ClassName servicesName() {
        return ClassName.get(packageName, canNameServices() ? services.value() : RuntimeNames.DEFAULT_SERVICES);
    }

    /** {@return the same, with the registry in the package in which its tables have been written already} */
    public RegistryPackage in(String written) {
        return new RegistryPackage(
                written, candidates, annotated, schema, prefix, services, database, listed, hidesLanguage, spring);
    }
}
