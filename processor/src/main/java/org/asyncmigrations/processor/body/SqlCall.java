package org.asyncmigrations.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A constant text that is handed to what looks like a method that takes SQL.
 *
 * @param call the call, or the method reference
 * @param value the text
 */
record SqlCall(TreePath call, Value value) {
    /** In the order of the methods' names, and then of places. */
    static List<SqlCall> all(Unit unit, Values values) {
        List<SqlCall> found = new ArrayList<>();
        unit.calls(Names.SQL_TAKERS)
                .filter(call -> !unit.isOwn(call))
                .forEach(call -> texts(call)
                        .flatMap(text -> Stream.concat(values.ofArgument(text).stream(), list(text, values)))
                        .filter(value -> !value.isUnknown())
                        .forEach(value -> found.add(new SqlCall(call, value))));
        unit.references(Names.SQL_TAKERS)
                .forEach(reference -> values.streamed(reference)
                        .filter(value -> !value.isUnknown())
                        .forEach(value -> found.add(new SqlCall(reference, value))));
        return found;
    }

    /** The first argument; of some methods each. */
    private static Stream<TreePath> texts(TreePath call) {
        List<? extends ExpressionTree> arguments = ((MethodInvocationTree) call.getLeaf()).getArguments();
        return arguments.stream()
                .limit(takesList(call) ? arguments.size() : 1)
                .map(argument -> new TreePath(call, argument));
    }

    /** What is in an array of texts. */
    private static Stream<Value> list(TreePath argument, Values values) {
        return takesList(argument.getParentPath()) ? values.elements(argument) : Stream.empty();
    }

    private static boolean takesList(TreePath call) {
        return Names.LIST_TAKERS.contains(Names.called(((MethodInvocationTree) call.getLeaf()).getMethodSelect()));
    }

    SqlText sql() {
        return new SqlText(value.text());
    }

    /** By which it belongs to a class: where the text is, or where it is sent if it stands in no method that is called here. */
    TreePath place() {
        return value.hops().isEmpty() ? call : value.at();
    }
}
