package org.asyncmigrations.processor.body;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.BatchUse;
import org.asyncmigrations.processor.model.Content.Statement;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Spot;
import org.jspecify.annotations.Nullable;

/** Bodies through javac's tree API. */
final class JavacBodies implements Bodies {
    private final Trees trees;
    private final Elements elements;
    /** The file that was read last: classes of one file mostly come one after the other. */
    private @Nullable UnitReader last;

    JavacBodies(Trees trees, Elements elements) {
        this.trees = trees;
        this.elements = elements;
    }

    @Override
    public Statements read(TypeElement type, Origin origin, Set<Sought> sought) {
        TreePath path = trees.getPath(type);
        if (path == null || sought.isEmpty()) {
            return Statements.NONE;
        }
        try {
            return read(path, type, origin, sought);
        } catch (StackOverflowError e) {
            // Whatever is nested so deeply is nothing that somebody wrote; javac says what it has to say of it.
            return Statements.NONE;
        }
    }

    private Statements read(TreePath path, TypeElement element, Origin origin, Set<Sought> sought) {
        if (last == null || last.tree() != path.getCompilationUnit()) {
            Constants constants = new Constants(elements, elements.getModuleOf(element));
            Unit unit = Unit.of(path.getCompilationUnit());
            last = new UnitReader(unit, constants, new Callee(new Receivers(constants, new Scope(unit)), unit));
        }
        UnitReader reader = last;
        ClassTree type = (ClassTree) path.getLeaf();
        List<Place> changes = sought.contains(Sought.SCHEMA_CHANGES) ? reader.schemaChanges(type) : List.of();
        List<Place> unbounded = sought.contains(Sought.UNBOUNDED_CHANGES) ? reader.unboundedChanges(type) : List.of();
        Optional<BatchUse> batch = sought.contains(Sought.BATCH_USE)
                ? reader.batchUse(path, place -> origin.at(new TreeSpot(trees, place)))
                : Optional.empty();
        List<Place> missing = sought.contains(Sought.BACKFILL) ? reader.missing(path) : List.of();
        return new Statements(
                statements(changes, origin), statements(unbounded, origin), batch, statements(missing, origin));
    }

    private List<Statement> statements(List<Place> places, Origin origin) {
        List<Statement> statements = new ArrayList<>();
        for (Place place : places) {
            statements.add(new Statement(place.name(), origin.at(new TreeSpot(trees, place.path()))));
        }
        return statements;
    }

    @Override
    public Optional<Spot> spotOf(TypeElement type, String annotation, int index, String name) {
        TreePath path = trees.getPath(type);
        if (path == null || !(path.getLeaf() instanceof ClassTree tree)) {
            return Optional.empty();
        }
        return tree.getModifiers().getAnnotations().stream()
                .filter(found -> Names.called(found.getAnnotationType()).equals(annotation))
                .skip(index)
                .findFirst()
                .flatMap(found -> value(path, found, name));
    }

    private Optional<Spot> value(TreePath path, AnnotationTree annotation, String name) {
        return annotation.getArguments().stream()
                .filter(argument -> argument instanceof AssignmentTree assignment
                        && Names.called(assignment.getVariable()).equals(name))
                .map(argument -> ((AssignmentTree) argument).getExpression())
                .<Spot>map(expression -> new TreeSpot(trees, new TreePath(path, expression)))
                .findFirst();
    }
}
