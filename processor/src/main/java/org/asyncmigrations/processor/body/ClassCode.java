package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.body.Value.Parameter;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.sql.SqlLexer;
import org.asyncmigrations.sql.SqlText;
import org.asyncmigrations.sql.SqlToken;
import org.jspecify.annotations.Nullable;

/** What the code of one top-level class says, without its trees: javac takes them apart when it writes the class file. */
final class ClassCode {
    /** What a statement does. */
    enum Effect {
        CHANGES_SCHEMA,
        /** Changes all rows of a table, as a chain of jOOQ's calls. */
        CHANGES_TABLE,
        /** Changes all rows of a table, as text. */
        CHANGES_TABLE_BY_TEXT,
        /** A text for the rows of a batch alone that doesn't name them. */
        LEAVES_ROWS_OUT,
        /** Names the rows of a batch in a way that the runtime takes for text. */
        MISSPELLS_ROWS,
        /** Is built and never sent. */
        NOTHING
    }

    /** A statement: what it does and is called, the methods that send it, innermost first, and the table whose rows it changes. */
    record Statement(
            Effect effect,
            String name,
            Place place,
            List<Element> methods,
            @Nullable Object table) {
        boolean changesTable() {
            return effect == Effect.CHANGES_TABLE || effect == Effect.CHANGES_TABLE_BY_TEXT;
        }
    }

    /** Where something is, the classes around it up to the innermost migration, and whether nobody wants a warning there. */
    record Place(TreePath path, List<TypeElement> owners, boolean isQuiet) {
        TypeElement outermost() {
            return owners.get(owners.size() - 1);
        }
    }

    /** What sends a text: whether it is {@code batch.execute}, and the methods around the call. */
    record Sender(boolean isOfBatch, List<Element> methods) {}

    /** What is handed to a parameter of a method of another class: a parameter, or else a text. */
    record Handed(Parameter to, @Nullable Parameter from, String text, Place place) {}

    /** A call of a method, of that very one even if a subclass has another. */
    record Edge(ExecutableElement method, boolean isExact) {}

    /** A {@code migrate}: what it calls its batch and does with it, and where it is. */
    record Migrate(String batch, boolean connects, boolean mayUseRows, Element method, TreePath path) {}

    private static final Pattern ROWS = Pattern.compile("\\{\\s*rows\\s*}", Pattern.CASE_INSENSITIVE);

    final List<Statement> statements = new ArrayList<>();
    final Map<Element, Set<Edge>> calls = new HashMap<>();
    final Map<TypeElement, Migrate> migrates = new HashMap<>();
    /** The tables that are walked, by the classes whose {@code key} says so. */
    final Map<TypeElement, Optional<Object>> keys = new HashMap<>();
    /** What back-fills lack, by their classes. */
    final Map<TypeElement, Map<String, TreePath>> missing = new HashMap<>();

    final Map<Parameter, List<Sender>> senders = new HashMap<>();
    final List<Handed> handed = new ArrayList<>();
    /** The temporary tables that are made, names and variables, by the outermost owner. */
    final Map<TypeElement, Set<Object>> temporaryTables = new HashMap<>();

    /** What a text says to which something sends it. */
    List<Statement> read(String text, Place place, Sender sender) {
        List<Statement> found = new ArrayList<>();
        Set<String> own = new HashSet<>();
        temporaryTables(place).stream().filter(String.class::isInstance).forEach(name -> own.add((String) name));
        SqlText.onEachProduct(text, sql -> sql.schemaChange(new HashSet<>(own)))
                .ifPresent(title -> found.add(statement(Effect.CHANGES_SCHEMA, title, place, sender)));
        boolean isKnown = text.indexOf(SqlToken.UNKNOWN) < 0;
        Optional<String> misspelled = sender.isOfBatch() ? misspelledRows(text) : Optional.empty();
        if (misspelled.isPresent()) {
            found.add(statement(Effect.MISSPELLS_ROWS, misspelled.get(), place, sender));
        } else if (isKnown && sender.isOfBatch() && !namesRows(text)) {
            found.add(statement(Effect.LEAVES_ROWS_OUT, RuntimeNames.EXECUTE, place, sender));
        } else if (isKnown) {
            SqlText.onEachProduct(text, sql -> sql.unboundedChange(own))
                    .ifPresent(title -> found.add(statement(Effect.CHANGES_TABLE_BY_TEXT, title, place, sender)));
        }
        return found;
    }

    /** Whether any product reads it as the rows of the batch, and not as a part of a literal or comment. */
    private static boolean namesRows(String text) {
        return Stream.of(false, true).anyMatch(mySql -> rows(text, mySql).contains(RuntimeNames.ROWS_IN_TEXT));
    }

    /** What each product reads as {@code {Rows}} or {@code { rows }}, where only {@code {rows}} is meant. */
    private static Optional<String> misspelledRows(String text) {
        List<String> asMySql = rows(text, true);
        return rows(text, false).stream()
                .filter(rows -> !rows.equals(RuntimeNames.ROWS_IN_TEXT) && asMySql.contains(rows))
                .findFirst();
    }

    /** In any case, and with any spaces. */
    private static List<String> rows(String text, boolean mySql) {
        Matcher rows = ROWS.matcher(text);
        return SqlLexer.statements(text, mySql).stream()
                .flatMap(List::stream)
                .filter(token -> token.is("{")
                        && rows.region(token.start(), text.length()).lookingAt())
                .map(token -> rows.group())
                .toList();
    }

    Set<Object> temporaryTables(Place place) {
        return temporaryTables.computeIfAbsent(place.outermost(), key -> new HashSet<>());
    }

    private static Statement statement(Effect effect, String name, Place place, Sender sender) {
        return new Statement(effect, name, place, sender.methods(), null);
    }
}
