package org.asyncmigrations.processor.check;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Constructor;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Parameter;
import org.asyncmigrations.processor.model.RegistryPackage;
import org.asyncmigrations.processor.model.ServiceComponents;
import org.asyncmigrations.processor.model.ServiceComponents.Clash;
import org.asyncmigrations.processor.model.Shape.Obstacle;

/** Rules about a migration's class: its type, and the constructor that the registry calls. */
final class ShapeRules {
    private static final Map<Obstacle, String> FORMS = Map.of(
            Obstacle.INTERFACE, "an interface",
            Obstacle.ANNOTATION, "an annotation",
            Obstacle.ENUM, "an enum");

    /** Written by kapt into its stubs in place of an unknown type. This class exists, so no compiler complains. */
    private static final String KAPT_PLACEHOLDER = "error.NonExistentClass";

    private ShapeRules() {}

    /** A class must be exactly one kind of migration. */
    static void type(Migration migration, Findings findings) {
        Kind kind = migration.supertypes().kind();
        if (kind == Kind.NONE || kind == Kind.SEVERAL) {
            Message message = kind == Kind.NONE ? Message.NO_MIGRATION_TYPE : Message.TWO_MIGRATION_TYPES;
            findings.add(message, migration.origin(), migration.simpleName());
        }
    }

    static void notInstantiable(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            notInstantiable(migration, build.registryPackage(), findings);
        }
    }

    private static void notInstantiable(Migration migration, RegistryPackage here, Findings findings) {
        Set<Obstacle> obstacles = migration.shape().obstacles();
        boolean constructors = true;
        for (Obstacle obstacle : Obstacle.values()) {
            if (obstacles.contains(obstacle)) {
                Message message = switch (obstacle) {
                    case INTERFACE, ANNOTATION, ENUM -> Message.NOT_A_CLASS;
                    case ABSTRACT -> Message.ABSTRACT_CLASS;
                    case INNER -> Message.INNER_CLASS;
                    case GENERIC -> Message.GENERIC_CLASS;
                    case HIDDEN -> Message.HIDDEN_CLASS;
                };
                String detail = FORMS.getOrDefault(obstacle, here.packageName());
                findings.add(message, migration.origin(), migration.simpleName(), detail);
                constructors &= !FORMS.containsKey(obstacle) && obstacle != Obstacle.HIDDEN;
            }
        }
        if (constructors) {
            constructors(migration, here, findings);
        }
    }

    private static void constructors(Migration migration, RegistryPackage here, Findings findings) {
        List<Constructor> candidates = migration.shape().candidates();
        if (candidates.size() != 1) {
            boolean kotlin = migration.shape().kotlin();
            Message message = candidates.isEmpty()
                    ? kotlin ? Message.NO_KOTLIN_CONSTRUCTOR : Message.NO_CONSTRUCTOR
                    : kotlin ? Message.SEVERAL_KOTLIN_CONSTRUCTORS : Message.SEVERAL_CONSTRUCTORS;
            findings.add(message, migration.origin(), migration.simpleName(), here.packageName());
            return;
        }
        Constructor constructor = candidates.get(0);
        String name = migration.simpleName();
        if (constructor.generic()) {
            findings.add(Message.GENERIC_CONSTRUCTOR, constructor.origin(), name);
        }
        for (Parameter parameter : constructor.parameters()) {
            Optional<ClassName> own = here.generatedIn(parameter);
            if (own.isPresent()) {
                findings.add(Message.OWN_REGISTRY, parameter.origin(), parameter.name(), name, own.get());
            } else if (parameter.type().toString().contains(KAPT_PLACEHOLDER)) {
                findings.add(Message.TYPE_UNKNOWN_TO_KAPT, parameter.origin(), parameter.name(), name);
            } else if (parameter.resolved() && !parameter.visible()) {
                findings.add(Message.HIDDEN_PARAMETER, parameter.origin(), parameter.name(), name, here.packageName());
            }
        }
    }

    /** A constructor's parameter must be identified by its name and type. */
    static void services(Build build, Findings findings) {
        String services = build.registryPackage().servicesName().simpleName();
        ServiceComponents components = new ServiceComponents(build);
        for (Clash clash : components.differentQualifiers()) {
            findings.add(
                    Message.DIFFERENT_QUALIFIERS,
                    clash.later().parameter().origin(),
                    clash.later().place(),
                    clash.first().place(),
                    clash.later().qualifierText(),
                    clash.first().qualifierText(),
                    services);
        }
        for (Clash clash : components.namesTaken()) {
            findings.add(
                    Message.SERVICE_NAME_TAKEN,
                    clash.later().parameter().origin(),
                    clash.component(),
                    services,
                    clash.first().place(),
                    clash.later().place());
        }
    }
}
