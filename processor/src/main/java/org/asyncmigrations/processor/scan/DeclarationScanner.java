package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.processor.model.By;
import org.asyncmigrations.processor.model.Declaration;
import org.asyncmigrations.processor.model.Declaration.Dependency;
import org.asyncmigrations.processor.model.IdempotencyMarker;
import org.asyncmigrations.processor.model.Independence;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Phase;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.StartRule;
import org.asyncmigrations.processor.model.Version;
import org.asyncmigrations.processor.model.Written;

/** Reads the annotations of a migration. */
final class DeclarationScanner {
    private DeclarationScanner() {}

    /** {@return the annotations of both phases that are present, usually one} */
    static List<Declaration> declarations(Element type, Origin origin) {
        return Stream.concat(
                        Annotations.find(type, RuntimeNames.ASYNC_MIGRATION, origin)
                                .map(a -> read(a, Phase.ASYNC))
                                .stream(),
                        Annotations.find(type, RuntimeNames.AFTER_RELEASE, origin)
                                .map(a -> read(a, Phase.AFTER_RELEASE))
                                .stream())
                .toList();
    }

    static Optional<IdempotencyMarker> marker(Element type, Origin origin) {
        return Annotations.find(type, RuntimeNames.IDEMPOTENT, origin)
                .map(idempotent -> new IdempotencyMarker(
                        idempotent.read("value", VariableElement.class).flatMap(DeclarationScanner::by),
                        idempotent.originOf("value"),
                        new Written(
                                idempotent.read("because", String.class).orElse(""), idempotent.originOf("because"))));
    }

    /** {@return the versions of a class, which may be compiled already} */
    static Stream<Version> versions(TypeElement element) {
        return annotations(element).map(DeclarationScanner::version);
    }

    private static Declaration read(Annotations annotation, Phase phase) {
        return new Declaration(
                phase,
                version(annotation),
                annotation.read("description", String.class).orElse(""),
                dependencies(annotation),
                annotation.read("transactional", Boolean.class).orElse(true),
                annotation.originOf("transactional"),
                schema(annotation),
                startRule(annotation),
                independence(annotation),
                annotation.origin());
    }

    private static StartRule startRule(Annotations annotation) {
        return new StartRule(
                annotation
                        .read("start", VariableElement.class)
                        .filter(constant -> constant.getSimpleName().contentEquals(RuntimeNames.ON_APPROVAL))
                        .isPresent(),
                annotation.read("startsAfter", String.class).orElse(""),
                annotation.originOf("start"),
                annotation.originOf("startsAfter"));
    }

    private static Independence independence(Annotations annotation) {
        List<Written> tables = annotation.members("writes").stream()
                .map(table -> new Written(table.value().getValue().toString(), table.origin()))
                .toList();
        return new Independence(
                isIndependent(annotation), annotation.isWritten("writes"), tables, annotation.originOf("independent"));
    }

    private static boolean isIndependent(Annotations annotation) {
        return annotation.read("independent", Boolean.class).orElse(false);
    }

    private static Optional<Written> schema(Annotations annotation) {
        return annotation.isWritten("requiresSchema")
                ? annotation
                        .read("requiresSchema", String.class)
                        .map(version -> new Written(version, annotation.originOf("requiresSchema")))
                : Optional.empty();
    }

    private static Version version(Annotations annotation) {
        Optional<Long> value = annotation.read("version", Long.class);
        return new Version(value.orElse(0L), value.isPresent(), annotation.originOf("version"));
    }

    private static Optional<By> by(VariableElement constant) {
        return Stream.of(By.values())
                .filter(by -> constant.getSimpleName().contentEquals(by.name()))
                .findFirst();
    }

    private static List<Dependency> dependencies(Annotations annotation) {
        List<Dependency> found = new ArrayList<>();
        for (Annotations.Member member : annotation.members("after")) {
            if (member.value().getValue() instanceof TypeMirror type && type.getKind() != TypeKind.ERROR) {
                found.add(dependency(type, member.origin()));
            }
        }
        return found;
    }

    private static Dependency dependency(TypeMirror type, Origin origin) {
        if (type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
            return new Dependency(
                    element.getQualifiedName().toString(),
                    versions(element).findFirst(),
                    annotations(element).anyMatch(DeclarationScanner::isIndependent),
                    origin);
        }
        return new Dependency(type.toString(), Optional.empty(), false, origin);
    }

    /** Doesn't use {@link #declarations}, which would recurse endlessly if two classes come after each other. */
    private static Stream<Annotations> annotations(TypeElement element) {
        return Stream.of(RuntimeNames.ASYNC_MIGRATION, RuntimeNames.AFTER_RELEASE)
                .flatMap(name -> Annotations.find(element, name, Origin.BUILD).stream());
    }
}
