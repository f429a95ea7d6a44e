package org.asyncmigrations.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.TreePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Constants of other classes, found by the file's imports: the compiler keeps their values, so that no body has to be looked
 * into.
 *
 * @param elements the compiler's
 * @param module as seen from which: without one, a name that is none would be looked for in every module; null before modules
 */
record Constants(Elements elements, @Nullable ModuleElement module) {
    private static final String ALL = ".*";

    /** A simple name that is no variable of the file: inherited, or imported statically. */
    Optional<String> named(String name, TreePath use) {
        return Stream.concat(around(use).stream(), staticImports(name, use))
                .flatMap(owner -> value(owner, name).stream())
                .findFirst();
    }

    /** {@code Type.NAME}. */
    Optional<String> selected(String type, String name, TreePath use) {
        return type(type, use).flatMap(owner -> value(owner, name));
    }

    /** A type that is named in the file. */
    Optional<TypeElement> type(String name, TreePath use) {
        return candidates(name, use)
                .distinct()
                .flatMap(found -> type(found).stream())
                .findFirst();
    }

    /** The class whose method a call without a receiver is of: one around it, or one that it is imported from. */
    Optional<TypeElement> owner(String method, TreePath use) {
        if (LocalClasses.mayHave(method, use, this)) {
            return Optional.empty();
        }
        Optional<TypeElement> own =
                around(use).stream().filter(type -> has(type, method)).findFirst();
        if (own.isPresent()) {
            return own;
        }
        List<TypeElement> imported = staticImports(method, use)
                .filter(type -> has(type, method))
                .distinct()
                .toList();
        return imported.size() == 1 ? Optional.of(imported.get(0)) : Optional.empty();
    }

    /** The class that a method of the file is declared in, unless that class is local. */
    Optional<TypeElement> declaring(TreePath method) {
        ClassTree type = (ClassTree) method.getParentPath().getLeaf();
        return around(method).stream()
                .findFirst()
                .filter(found -> found.getSimpleName().contentEquals(type.getSimpleName()));
    }

    /** A field of a class around a place, or of a class that it extends. */
    Optional<VariableElement> inherited(String field, TreePath use) {
        return around(use).stream().flatMap(owner -> field(owner, field)).findFirst();
    }

    private Stream<TypeElement> staticImports(String name, TreePath use) {
        return use.getCompilationUnit().getImports().stream()
                .filter(ImportTree::isStatic)
                .map(imported -> imported.getQualifiedIdentifier().toString())
                .filter(path -> path.endsWith(ALL) || path.endsWith("." + name))
                .flatMap(path -> type(path.substring(0, path.lastIndexOf('.'))).stream());
    }

    static boolean has(TypeElement type, String method) {
        return withParents(type).stream()
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .anyMatch(member -> member.getSimpleName().contentEquals(method));
    }

    /** The full names that a type may have by the rules of Java, the strongest first. */
    private Stream<String> candidates(String type, TreePath use) {
        CompilationUnitTree unit = use.getCompilationUnit();
        String first = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
        String rest = type.substring(first.length());
        List<String> names = new ArrayList<>();
        around(use)
                .forEach(owner ->
                        withParents(owner).forEach(parent -> names.add(parent.getQualifiedName() + "." + type)));
        List<String> onDemand = new ArrayList<>();
        for (ImportTree imported : unit.getImports()) {
            String path = imported.getQualifiedIdentifier().toString();
            if (path.endsWith("." + first)) {
                names.add(path + rest);
            } else if (path.endsWith(ALL)) {
                onDemand.add(path.substring(0, path.length() - 1) + type);
            }
        }
        names.add(packageOf(unit) + type);
        onDemand.add("java.lang." + type);
        names.addAll(onDemand);
        names.add(type);
        return names.stream();
    }

    /** The classes around a place that have a name, innermost first. */
    private List<TypeElement> around(TreePath use) {
        Deque<String> names = new ArrayDeque<>();
        for (TreePath p = use; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof ClassTree type) {
                if (LocalClasses.isLocal(p)) {
                    names.clear();
                } else {
                    names.addFirst(type.getSimpleName().toString());
                }
            }
        }
        Deque<TypeElement> found = new ArrayDeque<>();
        String name = packageOf(use.getCompilationUnit());
        for (String simpleName : names) {
            type(name + simpleName).ifPresent(found::addFirst);
            name += simpleName + ".";
        }
        return List.copyOf(found);
    }

    private Optional<TypeElement> type(String name) {
        return Optional.ofNullable(
                module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name));
    }

    private static String packageOf(CompilationUnitTree unit) {
        return unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
    }

    private static Optional<String> value(TypeElement owner, String name) {
        return field(owner, name)
                .findFirst()
                .map(VariableElement::getConstantValue)
                .map(Object::toString);
    }

    /** The fields of a name that a type has, its own first. */
    static Stream<VariableElement> field(TypeElement owner, String name) {
        return withParents(owner).stream()
                .flatMap(type -> ElementFilter.fieldsIn(type.getEnclosedElements()).stream())
                .filter(field -> field.getSimpleName().contentEquals(name));
    }

    /** A type and all that it inherits from. */
    static Set<TypeElement> withParents(TypeElement type) {
        Set<TypeElement> found = new LinkedHashSet<>();
        Deque<TypeElement> left = new ArrayDeque<>(List.of(type));
        while (!left.isEmpty()) {
            TypeElement next = left.remove();
            if (found.add(next)) {
                Stream.concat(Stream.of(next.getSuperclass()), next.getInterfaces().stream())
                        .flatMap(parent -> element(parent).stream())
                        .forEach(left::add);
            }
        }
        return found;
    }

    private static Optional<TypeElement> element(TypeMirror type) {
        Element element = type instanceof DeclaredType declared ? declared.asElement() : null;
        return element instanceof TypeElement found ? Optional.of(found) : Optional.empty();
    }
}
