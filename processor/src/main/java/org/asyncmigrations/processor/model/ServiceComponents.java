package org.asyncmigrations.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.Parameter.Qualifier;

/**
 * The objects that migrations need: one component for each name and type of a constructor's parameter. If a name occurs with
 * several types, each component has its type in its name. The services of an included registry are one component.
 */
public final class ServiceComponents {
    /** Methods that every object has. */
    private static final Set<String> FORBIDDEN =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private final Map<Key, List<Use>> uses = new LinkedHashMap<>();
    private final Map<Key, String> names = new LinkedHashMap<>();
    private final Map<String, Key> owners = new TreeMap<>();
    private final List<Clash> taken = new ArrayList<>();

    /** Parameters with the same key are one component. */
    private record Key(String name, TypeName type) {}

    /**
     * Needs a component.
     *
     * @param user the migration's simple name, or the registry's full name
     * @param parameter the constructor's parameter; for a registry, its services
     * @param place a description of it for messages
     */
    public record Use(String user, Parameter parameter, String place) {
        /** {@return the qualifiers, as in source code} */
        public String qualifierText() {
            return parameter.qualifiers().isEmpty()
                    ? "none"
                    : parameter.qualifiers().stream()
                            .map(qualifier -> qualifier.annotation().toString())
                            .collect(Collectors.joining(" "));
        }
    }

    /** A component, and what needs it: at least one use. */
    public record Component(String name, TypeName type, List<Use> uses) {
        /** {@return the names of what needs it} */
        public String users() {
            return uses.stream().map(Use::user).distinct().sorted().collect(Collectors.joining(", "));
        }

        /** {@return the annotations that its method can have} */
        public List<Qualifier> qualifiers() {
            return uses.get(0).parameter().qualifiers().stream()
                    .filter(Qualifier::copied)
                    .toList();
        }

        /** {@return its type, with the annotations that all uses have in common} */
        public TypeName markedType() {
            return marked(
                    type,
                    "",
                    uses.get(0).parameter().typeMarks().stream()
                            .filter(mark -> uses.stream()
                                    .allMatch(use -> use.parameter().typeMarks().contains(mark)))
                            .toList());
        }

        private static TypeName marked(TypeName type, String path, List<String> marks) {
            TypeName marked = marks.stream().anyMatch(mark -> mark.matches(path + "[0-9]+/.*"))
                    ? rebuilt(type, path, marks)
                    : type;
            List<AnnotationSpec> own = marks.stream()
                    .filter(mark -> mark.substring(0, mark.lastIndexOf('/') + 1).equals(path))
                    .map(mark -> AnnotationSpec.builder(ClassName.get(
                                    mark.substring(path.length(), Math.max(path.length(), mark.lastIndexOf('.'))),
                                    mark.substring(Math.max(path.length(), mark.lastIndexOf('.') + 1))))
                            .build())
                    .toList();
            return own.isEmpty() ? marked : marked.annotated(own);
        }

        /** {@return a type with annotations on its parts} */
        private static TypeName rebuilt(TypeName type, String path, List<String> marks) {
            if (type instanceof ParameterizedTypeName generic) {
                TypeName[] arguments = new TypeName[generic.typeArguments().size()];
                Arrays.setAll(arguments, i -> marked(generic.typeArguments().get(i), path + i + "/", marks));
                return ParameterizedTypeName.get(generic.rawType(), arguments);
            }
            if (type instanceof ArrayTypeName array) {
                return ArrayTypeName.of(marked(array.componentType(), path + "0/", marks));
            }
            if (type instanceof WildcardTypeName wildcard) {
                return wildcard.lowerBounds().isEmpty()
                        ? WildcardTypeName.subtypeOf(
                                marked(wildcard.upperBounds().get(0), path + "0/", marks))
                        : WildcardTypeName.supertypeOf(
                                marked(wildcard.lowerBounds().get(0), path + "0/", marks));
            }
            return type;
        }
    }

    /** Two uses that can't be distinguished: the first has the component that the later one would have too. */
    public record Clash(String component, Use first, Use later) {}

    /** The components of a build. */
    public ServiceComponents(Build build) {
        for (Migration migration : build.migrations()) {
            migration
                    .shape()
                    .constructor()
                    .ifPresent(constructor -> constructor
                            .parameters()
                            .forEach(parameter ->
                                    add(new Use(migration.simpleName(), parameter, place(parameter, migration)))));
        }
        for (OtherRegistry registry : build.modules().runnable()) {
            parameterOf(registry, build.modules().runnable())
                    .forEach(parameter ->
                            add(new Use(registry.name(), parameter, "what " + registry.name() + " needs")));
        }
        nameAll();
    }

    /** {@return whether no migration needs anything} */
    public boolean isEmpty() {
        return uses.isEmpty();
    }

    /** {@return the components, by name; the first of those that can't be distinguished} */
    public List<Component> all() {
        return owners.entrySet().stream()
                .map(named -> new Component(named.getKey(), named.getValue().type(), uses.get(named.getValue())))
                .toList();
    }

    /** {@return the name of the component for a parameter of a migration} */
    public String componentOf(Parameter parameter) {
        return names.getOrDefault(key(parameter), parameter.name());
    }

    /** {@return the name of the component for an included registry's services, empty if it needs none} */
    public String componentOf(OtherRegistry registry) {
        return uses.entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream().anyMatch(use -> use.user().equals(registry.name())))
                .map(entry -> names.get(entry.getKey()))
                .findFirst()
                .orElse("");
    }

    /** {@return parameters with the same name and type, but different qualifiers} */
    public List<Clash> differentQualifiers() {
        List<Clash> clashes = new ArrayList<>();
        uses.forEach((key, all) -> all.stream()
                .filter(use -> !use.qualifierText().equals(all.get(0).qualifierText()))
                .forEach(use -> clashes.add(new Clash(names.get(key), all.get(0), use))));
        return clashes;
    }

    /** {@return components whose name another component has already} */
    public List<Clash> namesTaken() {
        return List.copyOf(taken);
    }

    private static String place(Parameter parameter, Migration migration) {
        String why = FORBIDDEN.contains(parameter.name())
                ? " (Object has a method of that name, so this one is named after its type)"
                : "";
        return "parameter " + parameter.name() + " of " + migration.simpleName() + why;
    }

    private void add(Use use) {
        uses.computeIfAbsent(key(use.parameter()), key -> new ArrayList<>()).add(use);
    }

    private static Key key(Parameter parameter) {
        return new Key(parameter.name(), parameter.type());
    }

    /**
     * {@return the parameter for an included registry's services} It is named after the last part of the package: {@code billing}
     * for {@code com.acme.billing}. If several packages end alike, after as many parts as necessary: {@code euBilling}.
     */
    private static Stream<Parameter> parameterOf(OtherRegistry registry, List<OtherRegistry> all) {
        String packageName = registry.className().packageName();
        int parts = 1;
        while (parts < packageName.split("\\.").length && isShared(packageName, parts, all)) {
            parts++;
        }
        String name = tail(packageName, parts);
        return registry.services().stream()
                .map(type -> new Parameter(name, type, true, true, Set.of(), List.of(), List.of(), registry.origin()));
    }

    private static boolean isShared(String packageName, int parts, List<OtherRegistry> all) {
        return all.stream()
                        .filter(other -> other.services().isPresent())
                        .map(other -> tail(other.className().packageName(), parts))
                        .filter(tail(packageName, parts)::equals)
                        .count()
                > 1;
    }

    private static String tail(String packageName, int parts) {
        List<String> words = List.of(packageName.split("\\."));
        List<String> last = words.subList(Math.max(0, words.size() - parts), words.size());
        return last.get(0)
                + last.stream().skip(1).map(ServiceComponents::capitalized).collect(Collectors.joining());
    }

    /** Names the components, first those that keep their parameter's name, so that no derived name takes it. */
    private void nameAll() {
        Map<String, Integer> types = new HashMap<>();
        uses.keySet().forEach(key -> types.merge(key.name(), 1, Integer::sum));
        Map<Boolean, List<Key>> clear = uses.keySet().stream()
                .sorted(Comparator.comparing(key -> key.name() + " " + key.type()))
                .collect(Collectors.partitioningBy(
                        key -> types.get(key.name()) == 1 && !FORBIDDEN.contains(key.name())));
        clear.get(true).forEach(key -> name(key, key.name()));
        Map<String, Integer> wanted = new HashMap<>();
        owners.keySet().forEach(name -> wanted.put(name, 1));
        clear.get(false).forEach(key -> wanted.merge(derived(key, shortName(key)), 1, Integer::sum));
        clear.get(false).forEach(key -> {
            String name = derived(key, shortName(key));
            name(key, wanted.get(name) == 1 ? name : derived(key, longName(key.type())));
        });
    }

    private void name(Key key, String name) {
        names.put(key, name);
        Key owner = owners.putIfAbsent(name, key);
        if (owner != null) {
            taken.add(new Clash(name, uses.get(owner).get(0), uses.get(key).get(0)));
        }
    }

    /**
     * {@return the name for a component that can't have its parameter's name} If {@code Object} has a method of that name, it is
     * the name of the type, unless that can't be a name, such as {@code int}; otherwise, it is the parameter's name and the
     * type's.
     */
    private static String derived(Key key, String type) {
        String alone = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        boolean givesWay = FORBIDDEN.contains(key.name()) && isName(alone) && !FORBIDDEN.contains(alone);
        return givesWay ? alone : key.name() + capitalized(type);
    }

    /** {@return whether a text can be a name in source code} */
    public static boolean isName(String text) {
        return !text.isEmpty() && new NameAllocator().newName(text).equals(text);
    }

    private static String shortName(Key key) {
        return FORBIDDEN.contains(key.name()) && key.type() instanceof ParameterizedTypeName generic
                ? generic.rawType().simpleName()
                : longName(key.type()).replaceAll("(Array)+$", "");
    }

    /** {@return {@code ListString} for {@code List<String>}, {@code intArray} for {@code int[]}} */
    private static String longName(TypeName type) {
        return type.toString()
                .replace("[]", "Array")
                .replaceAll("\\b[a-z_][\\w]*\\.", "")
                .replaceAll("[^A-Za-z0-9]", "");
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
