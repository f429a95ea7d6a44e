package org.asyncmigrations.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
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
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Constructor;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.OtherRegistry;
import org.asyncmigrations.processor.model.Parameter;

/**
 * All that migrations are made with: one component for each name and type of a constructor's parameter, by name.
 * Where one name has several types, each component has its type in its name. What an included registry needs is one component.
 */
final class ServicesPlan {
    /** Methods that every object has. */
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

        /** Called after the last part of the package: {@code com.acme.billing} needs {@code billing}. */
        static Optional<Key> of(OtherRegistry registry) {
            String packageName = registry.className().packageName();
            return registry.services()
                    .map(type -> new Key(packageName.substring(packageName.lastIndexOf('.') + 1), type));
        }
    }

    /**
     * A component.
     *
     * @param name its name
     * @param type its type
     * @param users the names of those that need it
     */
    record Component(String name, TypeName type, String users) {}

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
        for (OtherRegistry registry : build.modules().runnable()) {
            Key.of(registry)
                    .ifPresent(key ->
                            users.computeIfAbsent(key, k -> new TreeSet<>()).add(registry.name()));
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

    /** What the catalog of an included registry is made with, if anything. */
    Optional<String> componentOf(OtherRegistry registry) {
        return Key.of(registry).map(components::get);
    }

    /** By name. */
    List<Component> components() {
        return components.entrySet().stream()
                .map(entry -> new Component(
                        entry.getValue(), entry.getKey().type(), String.join(", ", users.get(entry.getKey()))))
                .sorted(Comparator.comparing(Component::name))
                .toList();
    }

    /** What a compiler would say of the types of the components. */
    Stream<String> complaints() {
        return complaints.stream();
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
