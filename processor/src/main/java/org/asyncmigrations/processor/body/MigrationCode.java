package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.body.ClassCode.Edge;
import org.asyncmigrations.processor.body.ClassCode.Effect;
import org.asyncmigrations.processor.body.ClassCode.Handed;
import org.asyncmigrations.processor.body.ClassCode.Migrate;
import org.asyncmigrations.processor.body.ClassCode.Sender;
import org.asyncmigrations.processor.body.ClassCode.Statement;
import org.asyncmigrations.processor.body.Value.Parameter;
import org.asyncmigrations.processor.model.BatchUse;
import org.asyncmigrations.processor.model.BatchUse.Walked;
import org.asyncmigrations.processor.model.BatchUse.WholeTable;
import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Phase;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.Written;

/** Combines the code of one migration: all of its own class, and whatever that calls in the classes it inherits from. */
final class MigrationCode {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$.]+");

    private final Trees trees;
    private final Elements elements;
    private final Migration migration;
    private final TypeElement type;
    /** The class itself, its superclasses, and all their interfaces. */
    private final Set<TypeElement> family;

    private final List<ClassCode> parts;

    MigrationCode(Trees trees, Elements elements, Migration migration, List<ClassCode> parts) {
        this.trees = trees;
        this.elements = elements;
        this.migration = migration;
        this.type = elements.getTypeElement(migration.name());
        this.family = SqlMethods.withParents(type);
        this.parts = parts;
    }

    Code read() {
        List<Statement> all = Stream.concat(parts.stream().flatMap(part -> part.statements.stream()), handed())
                .toList();
        Set<Element> reached = all.stream().allMatch(this::isOwn) ? Set.of() : reached(entries());
        List<Statement> statements = all.stream()
                .filter(found -> isOwn(found) || isInherited(found) && isReached(found, reached))
                .toList();
        Kind kind = migration.supertypes().kind();
        boolean isData = migration.declaration().phase() == Phase.AFTER_RELEASE
                && migration.content().permission().isEmpty()
                && kind != Kind.UNKNOWN;
        return new Code(
                migration,
                isData ? named(statements, Effect.CHANGES_SCHEMA) : List.of(),
                kind == Kind.SCHEMA && migration.declaration().phase() == Phase.ASYNC
                        ? named(statements, Effect.DROPS)
                        : List.of(),
                kind == Kind.DATA
                        ? named(statements.stream()
                                .filter(found ->
                                        found.changesTable() && !found.place().isQuiet()))
                        : List.of(),
                named(statements, Effect.NOTHING),
                named(statements, Effect.MISSPELLS_ROWS),
                migration.supertypes().isBatch() ? batchUse(statements) : Optional.empty(),
                migration.supertypes().isBackfill() ? missing() : List.of(),
                walked());
    }

    /** {@return the statements in texts that one class passes to a method of another, which sends them} */
    private Stream<Statement> handed() {
        Map<Parameter, Set<Sender>> senders = new HashMap<>();
        parts.forEach(part -> part.senders.forEach((to, found) ->
                senders.computeIfAbsent(to, key -> new LinkedHashSet<>()).addAll(found)));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (ClassCode part : parts) {
                for (Handed handed : part.handed) {
                    Set<Sender> found = senders.getOrDefault(handed.to(), Set.of());
                    grows |= handed.from() != null
                            && !found.isEmpty()
                            && senders.computeIfAbsent(handed.from(), key -> new LinkedHashSet<>())
                                    .addAll(found);
                }
            }
        }
        return parts.stream()
                .flatMap(part -> part.handed.stream()
                        .filter(handed -> handed.from() == null)
                        .flatMap(handed -> senders.getOrDefault(handed.to(), Set.of()).stream()
                                .flatMap(sender -> part.read(handed.text(), handed.place(), sender).stream())));
    }

    private boolean isOwn(Statement found) {
        return found.place().owners().contains(type);
    }

    private boolean isInherited(Statement found) {
        return found.place().owners().stream().anyMatch(family::contains);
    }

    private static boolean isReached(Statement found, Set<Element> reached) {
        return found.methods().isEmpty() || found.methods().stream().anyMatch(reached::contains);
    }

    /** {@return the methods of the class, and those that the runtime calls} */
    private Set<Element> entries() {
        Set<Element> entries = new HashSet<>();
        for (ClassCode part : parts) {
            part.calls.keySet().stream().filter(this::isWithin).forEach(entries::add);
        }
        family.stream()
                .filter(parent -> parent.getQualifiedName().toString().startsWith(RuntimeNames.API + "."))
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .forEach(method -> entries.add(implementation(method)));
        return entries;
    }

    private boolean isWithin(Element method) {
        return Stream.iterate(method, element -> element != null, Element::getEnclosingElement)
                .anyMatch(type::equals);
    }

    private Set<Element> reached(Set<Element> entries) {
        Set<Element> reached = new HashSet<>(entries);
        Deque<Element> left = new ArrayDeque<>(entries);
        while (!left.isEmpty()) {
            Element caller = left.remove();
            for (ClassCode part : parts) {
                for (Edge call : part.calls.getOrDefault(caller, Set.of())) {
                    Element called = call.isExact() ? call.method() : implementation(call.method());
                    if (reached.add(called)) {
                        left.add(called);
                    }
                }
            }
        }
        return reached;
    }

    /** {@return the method that actually runs when this method is called on an object of the class} */
    private Element implementation(ExecutableElement method) {
        if (!(method.getEnclosingElement() instanceof TypeElement owner) || !family.contains(owner)) {
            return method;
        }
        return family.stream()
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .filter(other -> other.getSimpleName().equals(method.getSimpleName()))
                .filter(other -> other.equals(method) || elements.overrides(other, method, type))
                .findFirst()
                .orElse(method);
    }

    private Optional<BatchUse> batchUse(List<Statement> statements) {
        Optional<Migrate> inherited = first(part -> part.migrates);
        return inherited.map(migrate -> {
            List<WholeTable> tables = new ArrayList<>();
            Set<Element> reached = statements.isEmpty() ? Set.of() : reached(Set.of(migrate.method()));
            Optional<Object> key = key();
            for (Statement found : once(statements.stream())) {
                boolean leavesOut = found.effect() == Effect.LEAVES_ROWS_OUT;
                if (leavesOut || found.changesTable() && !found.methods().isEmpty() && isReached(found, reached)) {
                    Walked walked = found.table() == null || key.isEmpty()
                            ? leavesOut ? Walked.YES : Walked.UNKNOWN
                            : found.table().equals(key.get()) ? Walked.YES : Walked.NO;
                    boolean isText = found.effect() != Effect.CHANGES_TABLE;
                    tables.add(
                            new WholeTable(isText, walked, origin(found.place().path())));
                }
            }
            return new BatchUse(
                    migrate.batch(), migrate.connects(), migrate.mayUseRows(), tables, origin(migrate.path()));
        });
    }

    /** Only independent migrations keep the place: places are kept until all code is read. */
    private Written walked() {
        String table = key().map(MigrationCode::named).orElse("");
        TreePath path = migration.isIndependent() ? trees.getPath(type) : null;
        return new Written(table, path == null ? Origin.BUILD : origin(path));
    }

    /** {@return a name that means the same in other classes; empty for instance fields, which may hold another table there} */
    private static String named(Object table) {
        if (table instanceof VariableElement constant) {
            Stream<TypeElement> generated = SqlMethods.element(constant.asType())
                    .filter(found -> !found.getQualifiedName().toString().startsWith("org.jooq."));
            Element owner = generated.findFirst().map(Element.class::cast).orElse(constant.getEnclosingElement());
            return constant.getModifiers().contains(Modifier.STATIC) ? owner + "#" + constant.getSimpleName() : "";
        }
        return NAME.matcher(table.toString()).matches() ? table.toString() : "";
    }

    private Optional<Object> key() {
        return this.<Optional<Object>>first(part -> part.keys).flatMap(table -> table);
    }

    private List<Written> missing() {
        Optional<Map<String, TreePath>> missing = first(part -> part.missing);
        return missing.orElse(Map.of()).entrySet().stream()
                .map(part -> new Written(part.getKey(), origin(part.getValue())))
                .toList();
    }

    /** {@return what the class, or else the nearest class or interface that it inherits from, declares} */
    private <T> Optional<T> first(Function<ClassCode, Map<TypeElement, T>> saying) {
        return family.stream()
                .flatMap(parent -> parts.stream()
                        .map(saying)
                        .filter(said -> said.containsKey(parent))
                        .map(said -> said.get(parent)))
                .findFirst();
    }

    private List<Written> named(List<Statement> statements, Effect effect) {
        return named(statements.stream().filter(found -> found.effect() == effect));
    }

    private List<Written> named(Stream<Statement> statements) {
        return once(statements).stream()
                .map(found -> new Written(found.name(), origin(found.place().path())))
                .toList();
    }

    /** Removes duplicates: a text that reaches several calls is reported once. */
    private static List<Statement> once(Stream<Statement> statements) {
        Set<Object> seen = new HashSet<>();
        return statements
                .filter(found -> seen.add(found.place().path().getLeaf()))
                .toList();
    }

    private Origin origin(TreePath path) {
        long start = trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
        return migration
                .origin()
                .at(start, (kind, text) -> trees.printMessage(kind, text, path.getLeaf(), path.getCompilationUnit()));
    }
}
