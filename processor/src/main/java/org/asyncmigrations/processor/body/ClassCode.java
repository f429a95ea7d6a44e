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

/** The code of one top-level class, without its trees: javac takes them apart when it writes the class file. */
final class ClassCode {
    /** What a statement does. */
    enum Effect {
        CHANGES_SCHEMA,
        /** Declares that a schema migration takes something away. */
        DROPS,
        /** Changes all rows of a table, as a chain of jOOQ calls. */
        CHANGES_TABLE,
        /** Changes all rows of a table, as SQL text. */
        CHANGES_TABLE_BY_TEXT,
        /** An SQL text that should change only the rows of a batch, but doesn't name them. */
        LEAVES_ROWS_OUT,
        /** Names the rows of a batch in a way that the runtime doesn't recognize. */
        MISSPELLS_ROWS,
        /** Is built and never executed. */
        NOTHING
    }

    /** A statement: its effect, its name, the methods around it, innermost first, and the table whose rows it changes. */
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

    /**
     * Where something is: the place, the classes around it up to the innermost migration, and whether a warning is suppressed
     * there.
     */
    record Place(TreePath path, List<TypeElement> owners, boolean isQuiet) {
        TypeElement outermost() {
            return owners.get(owners.size() - 1);
        }
    }

    /** Where an SQL text is sent: whether with {@code batch.execute}, and in which methods. */
    record Sender(boolean isOfBatch, List<Element> methods) {}

    /** An argument for a parameter of a method of another class: a parameter of the caller's, or a text. */
    record Handed(Parameter to, @Nullable Parameter from, String text, Place place) {}

    /** A call of a method; exact if a subclass's override isn't called instead. */
    record Edge(ExecutableElement method, boolean isExact) {}

    /** A {@code migrate} method: its name for the batch, how it uses the batch, and where it is. */
    record Migrate(String batch, boolean connects, boolean mayUseRows, Element method, TreePath path) {}

    private static final Pattern ROWS = Pattern.compile("\\{\\s*rows\\s*}", Pattern.CASE_INSENSITIVE);

    final List<Statement> statements = new ArrayList<>();
    final Map<Element, Set<Edge>> calls = new HashMap<>();
    final Map<TypeElement, Migrate> migrates = new HashMap<>();
    /** The tables that are walked, by the classes whose {@code key} names them. */
    final Map<TypeElement, Optional<Object>> keys = new HashMap<>();
    /** The parts that back-fills lack, by their classes. */
    final Map<TypeElement, Map<String, TreePath>> missing = new HashMap<>();

    final Map<Parameter, List<Sender>> senders = new HashMap<>();
    final List<Handed> handed = new ArrayList<>();
    /**
     * The temporary tables that the code creates, as names and variables, by the migration, or else the top-level class, around
     * them.
     */
    final Map<TypeElement, Set<Object>> temporaryTables = new HashMap<>();

    /** {@return the statements in an SQL text} */
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

    /** Whether at least one product reads {@code {rows}} as a placeholder, and not as part of a literal or comment. */
    private static boolean namesRows(String text) {
        return Stream.of(false, true).anyMatch(mySql -> rows(text, mySql).contains(RuntimeNames.ROWS_IN_TEXT));
    }

    /** {@return a misspelled placeholder, such as {@code {Rows}} or {@code { rows }}, if every product would read it as one} */
    private static Optional<String> misspelledRows(String text) {
        List<String> asMySql = rows(text, true);
        return rows(text, false).stream()
                .filter(rows -> !rows.equals(RuntimeNames.ROWS_IN_TEXT) && asMySql.contains(rows))
                .findFirst();
    }

    /** {@return the placeholders in any case and with any spaces} */
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
