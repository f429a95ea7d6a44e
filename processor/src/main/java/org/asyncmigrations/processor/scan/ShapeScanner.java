package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.TypeName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.asyncmigrations.processor.model.Constructor;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Shape;
import org.asyncmigrations.processor.model.Shape.Obstacle;

/**
 * Reads whether and how a class can be instantiated.
 *
 * @param visibility what code in the registry's package can name
 */
record ShapeScanner(Visibility visibility) {
    Shape scan(TypeElement type, Origin origin) {
        Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
        switch (type.getKind()) {
            case INTERFACE -> obstacles.add(Obstacle.INTERFACE);
            case ANNOTATION_TYPE -> obstacles.add(Obstacle.ANNOTATION);
            case ENUM -> obstacles.add(Obstacle.ENUM);
            default -> classObstacles(type, obstacles);
        }
        if (!visibility.sees(type)) {
            obstacles.add(Obstacle.HIDDEN);
        }
        return new Shape(obstacles, constructors(type, origin), Kotlin.isSourceOf(type));
    }

    private static void classObstacles(TypeElement type, Set<Obstacle> obstacles) {
        if (type.getModifiers().contains(Modifier.ABSTRACT)) {
            obstacles.add(Obstacle.ABSTRACT);
        }
        if (!type.getTypeParameters().isEmpty()) {
            obstacles.add(Obstacle.GENERIC);
        }
        if (isInner(type)) {
            obstacles.add(Obstacle.INNER);
        }
    }

    /** Whether a class is inner. A static class within an inner one isn't: it needs no object around it. */
    private static boolean isInner(TypeElement type) {
        return type.getNestingKind() == NestingKind.MEMBER
                && type.getKind() != ElementKind.RECORD
                && !type.getModifiers().contains(Modifier.STATIC);
    }

    private List<Constructor> constructors(TypeElement type, Origin origin) {
        return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .filter(constructor -> type.getKind() != ElementKind.RECORD
                        || types(constructor.getParameters()).equals(types(type.getRecordComponents())))
                .map(constructor -> constructor(type, constructor, origin))
                .toList();
    }

    private static List<TypeName> types(List<? extends Element> variables) {
        return variables.stream()
                .map(variable -> TypeName.get(variable.asType()))
                .toList();
    }

    private Constructor constructor(TypeElement type, ExecutableElement constructor, Origin origin) {
        return new Constructor(
                visibility.sees(constructor),
                constructor.getModifiers().contains(Modifier.PUBLIC),
                !constructor.getTypeParameters().isEmpty(),
                constructor.getParameters().stream()
                        .map(new ParameterScanner(visibility, type)::scan)
                        .toList(),
                WarningNames.about(constructor),
                new Origin(origin.owner(), constructor, null, null));
    }
}
