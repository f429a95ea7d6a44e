package org.asyncmigrations.processor.body;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.BatchUse;
import org.asyncmigrations.processor.model.BatchUse.Walked;
import org.asyncmigrations.processor.model.BatchUse.WholeTable;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Finds the statements in the classes of one file. */
final class UnitReader {
    private static final Set<String> PHASES =
            Set.of(RuntimeNames.ASYNC_MIGRATION.simpleName(), RuntimeNames.AFTER_RELEASE.simpleName());

    private final Unit unit;
    private final Callee callee;
    private final List<SqlCall> sqlCalls;
    private final Set<String> temporaryTables;

    UnitReader(Unit unit, Constants constants, Callee callee) {
        this.unit = unit;
        this.callee = callee;
        this.sqlCalls = SqlCall.all(unit, new Values(unit, constants));
        this.temporaryTables =
                sqlCalls.stream().flatMap(call -> call.sql().temporaryTables()).collect(Collectors.toSet());
    }

    CompilationUnitTree tree() {
        return unit.tree();
    }

    /** In a class, in the order of places. */
    List<Place> schemaChanges(ClassTree type) {
        List<Place> found = new ArrayList<>();
        Stream.concat(unit.calls(Names.SCHEMA_VERBS), unit.references(Names.SCHEMA_VERBS))
                .filter(call -> isIn(type, call))
                .filter(call -> !(call.getLeaf() instanceof MethodInvocationTree) || !unit.isOwn(call))
                .filter(callee::changesSchema)
                .forEach(call -> found.add(place(call)));
        sqlCalls.stream()
                .filter(call -> isIn(type, call.place()))
                .forEach(call -> call.sql()
                        .schemaChange(temporaryTables)
                        .filter(title -> isProven(call))
                        .ifPresent(
                                title -> found.add(new Place(title, call.value().at()))));
        return once(found);
    }

    /** In a class, in the order of places. */
    List<Place> unboundedChanges(ClassTree type) {
        List<Place> found = new ArrayList<>();
        unboundedCalls(type).forEach(call -> found.add(place(call)));
        found.addAll(unboundedTexts(type, call -> true));
        return once(found);
    }

    private Stream<TreePath> unboundedCalls(ClassTree type) {
        return unit.calls(Names.CHANGES)
                .filter(call -> isIn(type, call))
                .filter(call -> Chain.isUnbounded(call) && !unit.isOwn(call))
                .filter(callee::changesRows);
    }

    private List<Place> unboundedTexts(ClassTree type, Predicate<TreePath> sender) {
        List<Place> found = new ArrayList<>();
        sqlCalls.stream()
                .filter(call -> isIn(type, call.place()) && sender.test(call.call()))
                .forEach(call -> call.sql()
                        .unboundedChange(temporaryTables)
                        .filter(title -> isProven(call))
                        .ifPresent(
                                title -> found.add(new Place(title, call.value().at()))));
        return once(found);
    }

    /** What {@code migrate} of a batch migration does with its batch; absent if the class inherits it. */
    Optional<BatchUse> batchUse(TreePath type, Function<TreePath, Origin> origins) {
        return MigrateMethod.of(type, unit, callee.receivers()).map(migrate -> {
            BatchFollower batch = new BatchFollower(unit, callee.receivers().scope()).follow(migrate.batch());
            return new BatchUse(
                    ((VariableTree) migrate.batch().getLeaf()).getName().toString(),
                    batch.connects(),
                    batch.mayUseRows(),
                    wholeTables(type, migrate, origins),
                    origins.apply(migrate.path()));
        });
    }

    /** What the one chain that {@code backfill} returns does not call; nothing if it is made in another way. */
    List<Place> missing(TreePath type) {
        return ReturnedCall.of(type, RuntimeNames.DECLARES)
                .map(Chain::begin)
                .filter(begin -> callee.is(begin, RuntimeNames.BACKFILL, RuntimeNames.KEY_FACTORY))
                .flatMap(begin -> RuntimeNames.BACKFILL_PARTS.stream()
                        .filter(part -> !Chain.names(begin).contains(part))
                        .map(part -> new Place(part, place(begin).path())))
                .toList();
    }

    private List<WholeTable> wholeTables(TreePath type, MigrateMethod migrate, Function<TreePath, Origin> origins) {
        KeyTable key = KeyTable.of(type, callee.receivers());
        ClassTree tree = (ClassTree) type.getLeaf();
        List<WholeTable> found = new ArrayList<>();
        unboundedCalls(tree).filter(migrate::reaches).forEach(call -> {
            ExpressionTree table =
                    ((MethodInvocationTree) call.getLeaf()).getArguments().get(0);
            Walked walked = key.isTable(new TreePath(call, table));
            found.add(new WholeTable(false, walked, origins.apply(place(call).path())));
        });
        for (Place text : unboundedTexts(tree, migrate::reaches)) {
            found.add(new WholeTable(true, Walked.UNKNOWN, origins.apply(text.path())));
        }
        for (Place text : textsWithoutRows(tree)) {
            found.add(new WholeTable(true, Walked.YES, origins.apply(text.path())));
        }
        return found;
    }

    /** Texts that are handed to {@code batch.execute}, which runs them for the rows of the batch alone. */
    private List<Place> textsWithoutRows(ClassTree type) {
        return once(sqlCalls.stream()
                .filter(call -> isIn(type, call.place()) && !call.sql().mayContain(RuntimeNames.ROWS_IN_TEXT))
                .filter(call -> callee.is(call.call(), RuntimeNames.ROW_BATCH, RuntimeNames.EXECUTE) && isProven(call))
                .map(call -> new Place(RuntimeNames.EXECUTE, call.value().at()))
                .toList());
    }

    private boolean isProven(SqlCall call) {
        return callee.takesSql(call.call()) && callee.isProven(call.value());
    }

    private static Place place(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return new Place(reference.getName().toString(), call);
        }
        ExpressionTree select = ((MethodInvocationTree) call.getLeaf()).getMethodSelect();
        return new Place(Names.called(select), new TreePath(call, select));
    }

    /** A text may come to several calls; it is said once. */
    private static List<Place> once(List<Place> places) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return places.stream().filter(place -> seen.add(place.path().getLeaf())).toList();
    }

    /** Not in a migration that is nested in the class: that one is read by itself. */
    private static boolean isIn(ClassTree type, TreePath path) {
        return innermost(path).filter(found -> found == type).isPresent();
    }

    private static Optional<ClassTree> innermost(TreePath path) {
        Optional<ClassTree> outermost = Optional.empty();
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof ClassTree type) {
                outermost = Optional.of(type);
                if (type.getModifiers().getAnnotations().stream().anyMatch(UnitReader::isPhase)) {
                    return outermost;
                }
            }
        }
        return outermost;
    }

    private static boolean isPhase(AnnotationTree annotation) {
        return PHASES.contains(Names.called(annotation.getAnnotationType()));
    }
}
