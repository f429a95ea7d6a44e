package org.asyncmigrations.processor.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DDLQuery;
import org.jooq.DSLContext;
import org.jooq.Delete;
import org.jooq.SQL;
import org.jooq.Update;
import org.jooq.WithStep;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** The names that are looked for are those of the real jOOQ and JDBC, all of them. */
class SqlMethodsTest {
    @Test
    void theVerbsOfTheSchemaAreThoseOfJooq() {
        Set<String> verbs = names(jooq().filter(method -> leadsTo(DDLQuery.class, method.getReturnType())));
        assertThat(SqlMethods.SCHEMA_VERBS)
                .containsExactlyElementsOf(verbs.stream()
                        .filter(name -> !name.contains("Temporary"))
                        .toList());
    }

    @Test
    void theVerbsOfRowsAreThoseOfJooq() {
        Set<String> verbs = names(Stream.concat(jooq(), methods(WithStep.class))
                .filter(method -> !method.getName().startsWith("with"))
                .filter(method -> leadsTo(Update.class, method.getReturnType())
                        || leadsTo(Delete.class, method.getReturnType())));
        assertThat(SqlMethods.CHANGES).containsExactlyElementsOf(verbs);
    }

    @Test
    void whatTakesSqlInJooqIsKnown() {
        Set<String> takers =
                names(methods(DSLContext.class).filter(method -> takesFirst(SQL.class, method) && hasTextTwin(method)));
        // What is selected from is a table, and no statement.
        takers.remove("selectFrom");
        assertThat(SqlMethods.SQL_TAKERS).containsAll(takers).contains("sql", "batch");
    }

    @Test
    void whatTakesSqlInJdbcIsKnown() {
        Predicate<String> sends =
                name -> name.startsWith("execute") || name.startsWith("prepare") || name.equals("addBatch");
        Set<String> takers = names(Stream.concat(methods(Connection.class), methods(Statement.class))
                .filter(method -> takesFirst(String.class, method) && sends.test(method.getName())));
        assertThat(SqlMethods.SQL_TAKERS).containsAll(takers);
    }

    private static Stream<Method> jooq() {
        return Stream.concat(methods(DSLContext.class), methods(DSL.class));
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods());
    }

    private static Set<String> names(Stream<Method> methods) {
        return methods.map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean takesFirst(Class<?> type, Method method) {
        return method.getParameterCount() > 0 && method.getParameterTypes()[0] == type;
    }

    private static boolean hasTextTwin(Method method) {
        return methods(method.getDeclaringClass())
                .anyMatch(other -> other.getName().equals(method.getName()) && takesFirst(String.class, other));
    }

    /** Over the steps in which jOOQ builds a statement. */
    private static boolean leadsTo(Class<?> statement, Class<?> begin) {
        Set<Class<?>> seen = new HashSet<>();
        Deque<Class<?>> left = new ArrayDeque<>(List.of(begin));
        while (!left.isEmpty()) {
            Class<?> step = left.remove();
            if (statement.isAssignableFrom(step)) {
                return !step.getSimpleName().endsWith("Query") || step == DDLQuery.class;
            } else if (seen.add(step) && step.getSimpleName().contains("Step")) {
                methods(step).map(Method::getReturnType).forEach(left::add);
            }
        }
        return false;
    }
}
