package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Set;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Constructor;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Parameter;
import org.asyncmigrations.processor.model.Shape.Obstacle;

/** The registry makes each migration by calling its constructor. */
final class NotInstantiable implements Rule {
    /** What kapt writes into its stubs for a type that it does not know. It is there, so no compiler complains. */
    private static final String KAPT_PLACEHOLDER = "error.NonExistentClass";

    @Override
    public void check(Build build, Findings findings) {
        String registryPackage = build.home().packageName();
        for (Migration migration : build.migrations()) {
            boolean plain = checkForm(migration, findings);
            checkClass(migration, registryPackage, findings);
            if (plain && !migration.shape().obstacles().contains(Obstacle.HIDDEN)) {
                checkConstructors(migration, registryPackage, findings);
            }
        }
    }

    private static boolean checkForm(Migration migration, Findings findings) {
        Set<Obstacle> obstacles = migration.shape().obstacles();
        String form = obstacles.contains(Obstacle.INTERFACE)
                ? "an interface"
                : obstacles.contains(Obstacle.ANNOTATION)
                        ? "an annotation"
                        : obstacles.contains(Obstacle.ENUM) ? "an enum" : "";
        if (!form.isEmpty()) {
            findings.add(Message.NOT_A_CLASS, migration.origin(), migration.simpleName(), form);
        }
        return form.isEmpty();
    }

    private static void checkClass(Migration migration, String registryPackage, Findings findings) {
        Set<Obstacle> obstacles = migration.shape().obstacles();
        if (obstacles.contains(Obstacle.ABSTRACT)) {
            findings.add(Message.ABSTRACT_CLASS, migration.origin(), migration.simpleName());
        }
        if (obstacles.contains(Obstacle.INNER)) {
            findings.add(Message.INNER_CLASS, migration.origin(), migration.simpleName());
        }
        if (obstacles.contains(Obstacle.GENERIC)) {
            findings.add(Message.GENERIC_CLASS, migration.origin(), migration.simpleName());
        }
        if (obstacles.contains(Obstacle.HIDDEN)) {
            findings.add(Message.HIDDEN_CLASS, migration.origin(), migration.simpleName(), registryPackage);
        }
    }

    private static void checkConstructors(Migration migration, String registryPackage, Findings findings) {
        List<Constructor> candidates = migration.shape().candidates();
        boolean kotlin = migration.shape().kotlin();
        if (candidates.size() != 1) {
            Message message = candidates.isEmpty()
                    ? kotlin ? Message.NO_KOTLIN_CONSTRUCTOR : Message.NO_CONSTRUCTOR
                    : kotlin ? Message.SEVERAL_KOTLIN_CONSTRUCTORS : Message.SEVERAL_CONSTRUCTORS;
            findings.add(message, migration.origin(), migration.simpleName(), registryPackage);
        } else {
            checkConstructor(migration, candidates.get(0), registryPackage, findings);
        }
    }

    private static void checkConstructor(
            Migration migration, Constructor constructor, String registryPackage, Findings findings) {
        if (constructor.generic()) {
            findings.add(Message.GENERIC_CONSTRUCTOR, constructor.origin(), migration.simpleName());
        }
        for (Parameter parameter : constructor.parameters()) {
            if (parameter.type().toString().contains(KAPT_PLACEHOLDER)) {
                findings.add(
                        Message.TYPE_UNKNOWN_TO_KAPT, constructor.origin(), parameter.name(), migration.simpleName());
            } else if (parameter.resolved() && !parameter.visible()) {
                findings.add(
                        Message.HIDDEN_PARAMETER,
                        constructor.origin(),
                        parameter.name(),
                        migration.simpleName(),
                        registryPackage);
            }
        }
    }
}
