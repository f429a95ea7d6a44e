package org.asyncmigrations.processor.body;

import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.sql.SqlToken;

/** The texts that calls return: calls of string methods that only combine texts, and calls of methods of the same class. */
final class StringCalls {
    private static final Set<String> SAME_TEXT = SqlMethods.words("""
            trim strip stripLeading stripTrailing stripIndent translateEscapes toString intern toUpperCase toLowerCase""");
    private static final Set<String> OTHER_END = Set.of("repeat", "indent");
    private static final Set<String> REPLACING = Set.of("replace", "replaceAll", "replaceFirst");
    private static final Set<String> BUILDERS = Set.of("StringBuilder", "StringBuffer");
    private static final Set<String> OWNERS = SqlMethods.words("""
            java.lang.String java.lang.CharSequence java.lang.Object java.lang.StringBuilder java.lang.StringBuffer
            java.lang.AbstractStringBuilder java.util.Objects""");
    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:(\\d+)\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?([a-zA-Z%])");

    private final ClassIndex index;
    private final Values values;

    StringCalls(ClassIndex index, Values values) {
        this.index = index;
        this.values = values;
    }

    /** {@return the text of {@code new StringBuilder("…")}} */
    List<Value> builder(TreePath path) {
        if (!BUILDERS.contains(SqlMethods.called(((NewClassTree) path.getLeaf()).getIdentifier()))) {
            return List.of();
        }
        List<TreePath> arguments = Chain.arguments(path);
        return arguments.isEmpty() ? List.of(Value.known("", path)) : values.of(arguments.get(0));
    }

    /** Whether the type can get more text later. */
    static boolean isBuilder(TypeMirror type) {
        return type instanceof DeclaredType declared
                && BUILDERS.contains(declared.asElement().getSimpleName().toString());
    }

    List<Value> call(TreePath path) {
        ExecutableElement method = index.method(path).orElse(null);
        Optional<TreePath> declared = index.declaration(method);
        if (declared.isPresent()) {
            return returned(path, declared.get());
        }
        boolean ofText = method != null
                && method.getEnclosingElement() instanceof TypeElement type
                && OWNERS.contains(type.getQualifiedName().toString());
        Optional<TreePath> receiver = Chain.receiver(path);
        if (!ofText || receiver.isEmpty()) {
            return List.of();
        }
        String name = method.getSimpleName().toString();
        List<TreePath> arguments = Chain.arguments(path);
        return method.getModifiers().contains(Modifier.STATIC)
                ? ofType(name, arguments)
                : ofText(name, receiver.get(), arguments);
    }

    private List<Value> ofType(String name, List<TreePath> arguments) {
        if (arguments.isEmpty()) {
            return List.of();
        }
        return switch (name) {
            case "valueOf", "copyValueOf", "requireNonNull", "requireNonNullElse" -> values.of(arguments.get(0));
            case "join" -> join(arguments);
            case "format" -> format(values.of(arguments.get(0)), arguments.subList(1, arguments.size()));
            default -> List.of();
        };
    }

    private List<Value> ofText(String name, TreePath receiver, List<TreePath> arguments) {
        if (SAME_TEXT.contains(name)) {
            return values.of(receiver);
        } else if (OTHER_END.contains(name)) {
            return values.of(receiver).stream().map(Value::open).toList();
        } else if ((name.equals("concat") || name.equals("append")) && arguments.size() == 1) {
            return Values.joined(values.of(receiver), values.of(arguments.get(0)));
        } else if (name.equals("formatted")) {
            return format(values.of(receiver), arguments);
        }
        return REPLACING.contains(name) && arguments.size() == 2
                ? replaced(values.of(receiver), values.of(arguments.get(0)), values.of(arguments.get(1)))
                : List.of();
    }

    private List<Value> join(List<TreePath> arguments) {
        List<Value> separators = values.of(arguments.get(0));
        List<TreePath> pieces = arguments.subList(1, arguments.size());
        List<Value> listed = pieces.size() == 1
                ? values.elements(pieces.get(0))
                        .filter(value -> !value.isUnknown())
                        .toList()
                : List.of();
        List<List<Value>> parts = new ArrayList<>();
        listed.forEach(value -> parts.add(List.of(value)));
        if (listed.isEmpty()) {
            pieces.forEach(piece -> parts.add(values.of(piece)));
        }
        List<Value> joined = parts.isEmpty() ? List.of() : parts.get(0);
        for (int i = 1; i < parts.size(); i++) {
            joined = Values.joined(Values.joined(joined, separators), parts.get(i));
        }
        return joined;
    }

    private List<Value> format(List<Value> formats, List<TreePath> arguments) {
        return formats.stream().map(format -> formatted(format, arguments)).toList();
    }

    private Value formatted(Value format, List<TreePath> arguments) {
        StringBuilder text = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(format.text());
        int next = 0;
        while (placeholder.find()) {
            boolean sign =
                    placeholder.group(2).equals("%") || placeholder.group(2).equals("n");
            int index = placeholder.group(1) == null || sign ? next : number(placeholder.group(1)) - 1;
            next += placeholder.group(1) == null && !sign ? 1 : 0;
            String argument = sign
                    ? placeholder.group(2).replace('n', '\n')
                    : index >= 0
                                    && index < arguments.size()
                                    && placeholder.group(2).equals("s")
                            ? only(values.of(arguments.get(index)))
                            : Value.UNKNOWN;
            placeholder.appendReplacement(text, Matcher.quoteReplacement(argument));
        }
        return format.withText(placeholder.appendTail(text).toString());
    }

    private static int number(String digits) {
        return digits.length() > 3 ? 0 : Integer.parseInt(digits);
    }

    private static List<Value> replaced(List<Value> texts, List<Value> targets, List<Value> replacements) {
        String target = only(targets);
        boolean plain = !target.isEmpty() && target.indexOf(SqlToken.UNKNOWN) < 0;
        return texts.stream()
                .map(value -> plain ? value.withText(value.text().replace(target, only(replacements))) : value.open())
                .toList();
    }

    private static String only(List<Value> values) {
        return values.size() == 1 ? values.get(0).text() : Value.UNKNOWN;
    }

    /** {@return what a method of the same class returns, as seen from its call} */
    private List<Value> returned(TreePath call, TreePath method) {
        return index.results(method).stream()
                .flatMap(result -> values.of(result, call).stream())
                .map(Value::handed)
                .toList();
    }
}
