package org.asyncmigrations.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.processor.body.ClassCode.Edge;
import org.asyncmigrations.processor.body.ClassCode.Effect;
import org.asyncmigrations.processor.body.ClassCode.Handed;
import org.asyncmigrations.processor.body.ClassCode.Migrate;
import org.asyncmigrations.processor.body.ClassCode.Place;
import org.asyncmigrations.processor.body.ClassCode.Sender;
import org.asyncmigrations.processor.body.ClassCode.Statement;
import org.asyncmigrations.processor.body.ClassIndex.Call;
import org.asyncmigrations.processor.body.Value.Parameter;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.sql.SqlText;
import org.asyncmigrations.sql.SqlToken;

/** Finds the statements in one top-level class. */
final class CodeReader {
    private static final String UNBOUNDED = "UnboundedChange";
    private static final String BACKFILL = RuntimeNames.BACKFILL.canonicalName();
    private static final String BATCH_KEY = RuntimeNames.BATCH_KEY.canonicalName();
    private static final String ROW_BATCH = RuntimeNames.ROW_BATCH.canonicalName();

    private final ClassIndex index;
    private final Values values;
    private final Predicate<TypeElement> isMigration;
    /** Whether another reader reads this class. */
    private final Predicate<TypeElement> isRead;

    private final ClassCode code = new ClassCode();

    CodeReader(ClassIndex index, Predicate<TypeElement> isMigration, Predicate<TypeElement> isRead) {
        this.index = index;
        this.values = new Values(index);
        this.isMigration = isMigration;
        this.isRead = isRead;
    }

    ClassCode read() {
        index.classes.forEach(this::readClass);
        List<Sent> sent = index.calls.stream().flatMap(this::sent).toList();
        sent.forEach(text -> code.temporaryTables(text.place())
                .addAll(SqlText.of(text.value().text(), false).temporaryTables()));
        index.calls.stream()
                .filter(call -> SqlMethods.createsTemporaryTable(call.method()))
                .forEach(call ->
                        firstTable(call.path()).ifPresent(code.temporaryTables(place(call.path(), call.path()))::add));
        sent.forEach(this::readText);
        index.calls.forEach(this::readCall);
        return code;
    }

    /** An SQL text that is sent or passed on, and its place: where it is written, if it came through a helper method. */
    private record Sent(Call call, Value value, Place place) {}

    private Stream<Sent> sent(Call call) {
        if (!SqlMethods.takesSql(call.method())) {
            return Stream.empty();
        }
        Stream<Value> found = call.isReference() ? values.streamed(call.path()) : texts(call);
        return found.map(
                value -> new Sent(call, value, place(value.at(), value.isHanded() ? value.at() : call.path())));
    }

    /**
     * {@return the values of the first argument} Some methods take several texts; then of each argument, and of the elements of
     * arrays.
     */
    private Stream<Value> texts(Call call) {
        boolean isList =
                SqlMethods.LIST_TAKERS.contains(call.method().getSimpleName().toString());
        return call.arguments().stream()
                .limit(isList ? Long.MAX_VALUE : 1)
                .flatMap(argument -> Stream.concat(
                        values.ofArgument(argument).stream(), isList ? values.elements(argument) : Stream.empty()));
    }

    private void readText(Sent sent) {
        Value value = sent.value();
        Sender sender = new Sender(
                SqlMethods.is(sent.call().method(), ROW_BATCH, RuntimeNames.EXECUTE),
                index.methodsAround(sent.call().path()));
        if (value.parameter() != null) {
            code.senders
                    .computeIfAbsent(value.parameter(), key -> new ArrayList<>())
                    .add(sender);
        } else if (!value.isUnknown()) {
            code.statements.addAll(code.read(value.text(), sent.place(), sender));
        }
    }

    private void readCall(Call call) {
        ExecutableElement method = call.method();
        List<Element> around = index.methodsAround(call.path());
        boolean isExact = call.path().getLeaf() instanceof MethodInvocationTree invocation
                && invocation.getMethodSelect() instanceof MemberSelectTree select
                && SqlMethods.called(select.getExpression()).equals("super");
        around.forEach(caller ->
                code.calls.computeIfAbsent(caller, key -> new HashSet<>()).add(new Edge(method, isExact)));
        if (SqlMethods.returnsStatement(method) && index.isDropped(call.path())) {
            Chain.statement(call.path(), index)
                    .map(begin -> new Call(begin, index.method(begin).orElse(method)))
                    .ifPresent(begun -> add(Effect.NOTHING, begun, around, Optional.empty()));
        }
        if (SqlMethods.dropsOf(method)) {
            add(Effect.DROPS, call, around, Optional.empty());
        } else if (SqlMethods.changesSchema(method)) {
            if (!isOwnTemporaryTable(call)) {
                add(Effect.CHANGES_SCHEMA, call, around, Optional.empty());
            }
        } else if (!call.isReference() && SqlMethods.changesRows(method) && Chain.isUnbounded(call.path(), index)) {
            add(Effect.CHANGES_TABLE, call, around, firstTable(call.path()));
        } else if (isReadElsewhere(method)) {
            readHanded(call);
        }
    }

    private void add(Effect effect, Call call, List<Element> methods, Optional<Object> table) {
        Place place = place(named(call.path()), call.path());
        String name = call.method().getSimpleName().toString();
        code.statements.add(new Statement(effect, name, place, methods, table.orElse(null)));
    }

    /** Whether the code created the table itself. It is the first argument, or for an index the argument of {@code on}. */
    private boolean isOwnTemporaryTable(Call call) {
        boolean isIndex = call.method().getSimpleName().toString().endsWith("Index");
        Optional<TreePath> made = isIndex ? Chain.next(call.path(), "on") : Optional.of(call.path());
        return made.flatMap(this::firstTable)
                .filter(code.temporaryTables(place(call.path(), call.path()))::contains)
                .isPresent();
    }

    private boolean isReadElsewhere(ExecutableElement method) {
        return index.declaration(method).isEmpty()
                && method.getEnclosingElement() instanceof TypeElement owner
                && isRead.test(owner);
    }

    private void readHanded(Call call) {
        List<? extends VariableElement> parameters = call.method().getParameters();
        List<TreePath> arguments = call.arguments();
        for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
            if (isNamed(parameters.get(i).asType(), "java.lang.String")) {
                Parameter to = new Parameter(call.method(), i);
                for (Value value : values.ofArgument(arguments.get(i))) {
                    if (value.parameter() != null || !value.isUnknown()) {
                        Place place = place(value.at(), value.at());
                        code.handed.add(new Handed(to, value.parameter(), value.text(), place));
                    }
                }
            }
        }
    }

    private void readClass(TreePath path) {
        if (!(index.element(path) instanceof TypeElement type)) {
            return;
        }
        for (Tree member : ((ClassTree) path.getLeaf()).getMembers()) {
            if (member instanceof MethodTree method && method.getBody() != null) {
                readMethod(type, new TreePath(path, method), method);
            }
        }
    }

    private void readMethod(TypeElement type, TreePath path, MethodTree method) {
        String name = method.getName().toString();
        List<? extends VariableTree> parameters = method.getParameters();
        if (parameters.isEmpty() && name.equals(RuntimeNames.KEY)) {
            code.keys.put(type, returned(path, method).flatMap(this::walked));
        } else if (parameters.isEmpty() && name.equals(RuntimeNames.DECLARES)) {
            returned(path, method)
                    .map(Chain::begin)
                    .filter(begin -> isCall(begin, BACKFILL, RuntimeNames.KEY_FACTORY))
                    .ifPresent(begin -> readBackfill(type, begin));
        } else if (parameters.size() == 1 && name.equals(RuntimeNames.MIGRATE)) {
            TreePath batch = new TreePath(path, parameters.get(0));
            Element element = index.element(batch);
            if (element != null && isNamed(element.asType(), ROW_BATCH)) {
                BatchFollower follower = new BatchFollower(index, isMigration).follow(batch);
                code.migrates.put(
                        type,
                        new Migrate(
                                parameters.get(0).getName().toString(),
                                follower.connects,
                                follower.mayUseRows,
                                element.getEnclosingElement(),
                                path));
            }
        }
    }

    private void readBackfill(TypeElement type, TreePath begin) {
        List<TreePath> arguments = Chain.arguments(begin);
        boolean isOfKey = arguments.size() == 1 && arguments.get(0).getLeaf() instanceof MethodInvocationTree;
        code.keys.put(type, isOfKey ? walked(arguments.get(0)) : ofArguments(arguments, false));
        RuntimeNames.BACKFILL_PARTS.stream()
                .filter(part -> Chain.next(begin, part).isEmpty())
                .forEach(part -> code.missing
                        .computeIfAbsent(type, key -> new TreeMap<>())
                        .put(part, named(begin)));
    }

    /** {@return the call in a method that consists only of returning it} */
    private static Optional<TreePath> returned(TreePath path, MethodTree method) {
        return method.getBody().getStatements().size() == 1
                        && method.getBody().getStatements().get(0) instanceof ReturnTree result
                        && result.getExpression() instanceof MethodInvocationTree call
                ? Optional.of(new TreePath(new TreePath(new TreePath(path, method.getBody()), result), call))
                : Optional.empty();
    }

    /**
     * {@return the table of a key: {@code USERS} of {@code BatchKey.of(USERS.ID)}, or the first argument of
     * {@code BatchKey.of("users", "id")} and of {@code BatchKey.byPosition(…)}}
     */
    private Optional<Object> walked(TreePath key) {
        TreePath maker = SqlMethods.called(key.getLeaf()).equals(RuntimeNames.DESCENDING) ? Chain.begin(key) : key;
        List<TreePath> arguments = Chain.arguments(maker);
        boolean isPosition = isCall(maker, BATCH_KEY, RuntimeNames.POSITION_FACTORY);
        return isPosition || isCall(maker, BATCH_KEY, RuntimeNames.KEY_FACTORY)
                ? ofArguments(arguments, isPosition)
                : Optional.empty();
    }

    private Optional<Object> ofArguments(List<TreePath> arguments, boolean isPosition) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        TreePath first = arguments.get(0);
        if (arguments.size() > 1 || isPosition) {
            return table(first);
        }
        return first.getLeaf() instanceof MemberSelectTree field
                        && !SqlMethods.called(field.getExpression()).equals("this")
                ? table(new TreePath(first, field.getExpression()))
                : Optional.empty();
    }

    private boolean isCall(TreePath call, String owner, String name) {
        return index.method(call)
                .filter(method -> SqlMethods.is(method, owner, name))
                .isPresent();
    }

    private Optional<Object> firstTable(TreePath call) {
        return Chain.arguments(call).stream().findFirst().flatMap(this::table);
    }

    /** {@return a table: by its name if that is constant, or by its variable, or else by its source text} */
    private Optional<Object> table(TreePath path) {
        if (path.getLeaf() instanceof MethodInvocationTree call) {
            boolean isName = List.of("table", "name").contains(SqlMethods.called(call))
                    && call.getArguments().size() == 1;
            return isName ? firstTable(path) : Optional.of(call.toString());
        }
        List<Value> names = values.ofArgument(path);
        if (names.size() == 1 && names.get(0).text().indexOf(SqlToken.UNKNOWN) < 0) {
            return Optional.of(SqlText.bare(names.get(0).text()));
        }
        return Optional.ofNullable(index.element(path))
                .filter(VariableElement.class::isInstance)
                .map(Object.class::cast)
                .or(() -> Optional.of(path.getLeaf().toString()));
    }

    private Place place(TreePath at, TreePath written) {
        List<TypeElement> owners = new ArrayList<>();
        for (TypeElement type : index.classesAround(written)) {
            owners.add(type);
            if (isMigration.test(type)) {
                break;
            }
        }
        return new Place(at, owners, index.isSuppressed(written, UNBOUNDED));
    }

    /** {@return the place of a call's name} */
    private static TreePath named(TreePath call) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                ? new TreePath(call, invocation.getMethodSelect())
                : call;
    }

    private static boolean isNamed(TypeMirror type, String name) {
        return SqlMethods.element(type)
                .anyMatch(element -> element.getQualifiedName().contentEquals(name));
    }
}
