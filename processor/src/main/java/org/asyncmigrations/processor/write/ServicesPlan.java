package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Constructor;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Parameter;

/**
 * The record of all that migrations are made with: one component for each name and type of a constructor's parameter, by name.
 * Where one name has several types, each component has its type in its name.
 */
final class ServicesPlan {
    /** What the language forbids as a component's name. */
    private static final Set<String> FORBIDDEN =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private final ClassName className;
    private final Map<Key, String> components;
    private final Map<Key, Set<String>> users;
    private final Set<String> complaints;

    /** What makes two parameters one component. */
    private record Key(String name, TypeName type) {
        static Key of(Parameter parameter) {
            return new Key(parameter.name(), parameter.type());
        }
    }

    private ServicesPlan(ClassName className, Map<Key, Set<String>> users, Set<String> complaints) {
        this.className = className;
        this.users = users;
        this.complaints = complaints;
        this.components = named(users.keySet());
    }

    static ServicesPlan of(Build build) {
        Map<Key, Set<String>> users = new LinkedHashMap<>();
        Set<String> complaints = new TreeSet<>();
        for (Migration migration : build.migrations()) {
            List<Parameter> parameters =
                    migration.shape().constructor().map(Constructor::parameters).orElse(List.of());
            for (Parameter parameter : parameters) {
                complaints.addAll(parameter.complaints());
                users.computeIfAbsent(Key.of(parameter), key -> new TreeSet<>()).add(migration.simpleName());
            }
        }
        return new ServicesPlan(ClassName.get(build.home().packageName(), Generated.SERVICES), users, complaints);
    }

    boolean isEmpty() {
        return components.isEmpty();
    }

    ClassName className() {
        return className;
    }

    String componentOf(Parameter parameter) {
        return components.get(Key.of(parameter));
    }

    /** Absent where no migration needs anything. */
    Optional<TypeSpec> record() {
        if (isEmpty()) {
            return Optional.empty();
        }
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        TypeSpec.Builder type = TypeSpec.recordBuilder(className)
                .addJavadoc(
                        "What the migrations of this build are made with: the parameters of their constructors.\n\n")
                .addAnnotation(Generated.mark())
                .addAnnotations(Generated.quiet(complaints.stream()))
                .addModifiers(Modifier.PUBLIC);
        Map<String, Key> sorted = new TreeMap<>();
        components.forEach((key, component) -> sorted.put(component, key));
        sorted.forEach((component, key) -> {
            type.addJavadoc("@param $L for $L\n", component, String.join(", ", users.get(key)));
            constructor.addParameter(
                    ParameterSpec.builder(key.type(), component).build());
        });
        return Optional.of(type.recordConstructor(constructor.build()).build());
    }

    private static Map<Key, String> named(Collection<Key> keys) {
        Map<String, List<Key>> byName =
                keys.stream().collect(Collectors.groupingBy(Key::name, TreeMap::new, Collectors.toList()));
        Map<Key, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        byName.forEach((name, same) -> {
            if (same.size() == 1 && !FORBIDDEN.contains(name)) {
                names.put(same.get(0), name);
                taken.add(name);
            }
        });
        byName.values().stream()
                .flatMap(List::stream)
                .filter(key -> !names.containsKey(key))
                .sorted(Comparator.comparing(key -> key.name() + " " + key.type()))
                .toList()
                .forEach(key -> names.put(key, free(key.name() + Names.capitalized(simple(key.type())), taken)));
        return names;
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; !taken.add(name) || SourceVersion.isKeyword(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    /** {@code List<String>} becomes {@code ListString}, {@code int[]} becomes {@code int}. */
    private static String simple(TypeName type) {
        return type.toString().replaceAll("\\b[a-z_][\\w]*\\.", "").replaceAll("[^A-Za-z0-9]", "");
    }
}
