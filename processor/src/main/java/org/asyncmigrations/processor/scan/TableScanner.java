package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.RetiredColumn.Access;
import org.jspecify.annotations.Nullable;

/**
 * Reads table classes, as jooq-codegen writes them.
 *
 * @param visibility what code in the registry's package can name
 */
record TableScanner(Visibility visibility) {
    private static final String JOOQ_TABLE = "org.jooq.impl.TableImpl";
    private static final String JOOQ_FIELD = "org.jooq.Field";

    RetiredColumn column(TypeElement table, String name, Origin origin) {
        return new RetiredColumn(
                ClassName.get(table), name, fields(table), access(table), WarningNames.about(table), origin);
    }

    /**
     * {@return the column fields of the class and its superclasses, up to jOOQ's own} Fields for tables and keys aren't columns.
     */
    private static List<String> fields(TypeElement table) {
        List<String> names = new ArrayList<>();
        for (TypeElement type = table; type != null && !isNamed(type, JOOQ_TABLE); type = parent(type)) {
            ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                    .filter(field -> isField(field.asType(), new HashSet<>()))
                    .forEach(field -> names.add(field.getSimpleName().toString()));
        }
        return names;
    }

    private static boolean isField(TypeMirror type, Set<String> seen) {
        if (!(type instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
            return false;
        }
        return isNamed(element, JOOQ_FIELD)
                || seen.add(element.getQualifiedName().toString())
                        && (isField(element.getSuperclass(), seen)
                                || element.getInterfaces().stream().anyMatch(parent -> isField(parent, seen)));
    }

    private static @Nullable TypeElement parent(TypeElement type) {
        return type.getSuperclass() instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement parent
                ? parent
                : null;
    }

    private static boolean isNamed(TypeElement type, String name) {
        return type.getQualifiedName().contentEquals(name);
    }

    private Optional<Access> access(TypeElement table) {
        if (!visibility.sees(table)) {
            return Optional.empty();
        }
        Optional<Access> constant = ElementFilter.fieldsIn(table.getEnclosedElements()).stream()
                .filter(field -> isConstantOf(table, field) && visibility.sees(field))
                .map(field -> new Access(field.getSimpleName().toString()))
                .findFirst();
        return constant.or(() -> isMade(table) ? Optional.of(new Access("")) : Optional.empty());
    }

    private static boolean isConstantOf(TypeElement table, VariableElement field) {
        return field.getModifiers().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL))
                && field.asType() instanceof DeclaredType type
                && type.asElement().equals(table);
    }

    private boolean isMade(TypeElement table) {
        boolean plain = !table.getModifiers().contains(Modifier.ABSTRACT)
                && table.getTypeParameters().isEmpty()
                && isStatic(table);
        return plain
                && ElementFilter.constructorsIn(table.getEnclosedElements()).stream()
                        .anyMatch(constructor -> constructor.getParameters().isEmpty()
                                && constructor.getThrownTypes().isEmpty()
                                && visibility.sees(constructor));
    }

    private static boolean isStatic(TypeElement type) {
        for (Element e = type; e.getEnclosingElement() instanceof TypeElement around; e = around) {
            if (!e.getModifiers().contains(Modifier.STATIC)) {
                return false;
            }
        }
        return true;
    }
}
