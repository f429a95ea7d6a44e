package org.asyncmigrations.processor.body;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.processor.model.RuntimeNames;

/** The methods that create and send statements. A test compares them with jOOQ and JDBC. */
final class SqlMethods {
    /** The methods of jOOQ that begin a {@code DDLQuery}, except those for temporary tables. */
    static final Set<String> SCHEMA_VERBS = words("""
            alterDatabase alterDatabaseIfExists alterDomain alterDomainIfExists alterIndex alterIndexIfExists
            alterMaterializedView alterMaterializedViewIfExists alterSchema alterSchemaIfExists
            alterSequence alterSequenceIfExists alterTable alterTableIfExists alterType alterTypeIfExists
            alterView alterViewIfExists
            commentOnColumn commentOnMaterializedView commentOnTable commentOnView
            createDatabase createDatabaseIfNotExists createDomain createDomainIfNotExists
            createIndex createIndexIfNotExists createMaterializedView createMaterializedViewIfNotExists
            createOrReplaceMaterializedView createOrReplaceView createSchema createSchemaIfNotExists
            createSequence createSequenceIfNotExists createTable createTableIfNotExists
            createType createTypeIfNotExists createUniqueIndex createUniqueIndexIfNotExists
            createView createViewIfNotExists
            dropDatabase dropDatabaseIfExists dropDomain dropDomainIfExists dropIndex dropIndexIfExists
            dropMaterializedView dropMaterializedViewIfExists dropSchema dropSchemaIfExists
            dropSequence dropSequenceIfExists dropTable dropTableIfExists dropType dropTypeIfExists
            dropView dropViewIfExists
            grant revoke revokeGrantOptionFor truncate truncateTable""");

    /** The methods of jOOQ, JDBC and Spring whose first argument is SQL text. */
    static final Set<String> SQL_TAKERS = words("""
            addBatch batch batchUpdate execute executeLargeUpdate executeQuery executeUpdate
            fetch fetchAsync fetchLazy fetchMany fetchOne fetchOptional fetchOptionalValue fetchSingle fetchStream
            fetchValue fetchValues prepareCall prepareStatement query queryForList queryForMap queryForObject
            queryForRowSet queryForStream resultQuery sql update""");

    /** Of these methods, each text argument is SQL. */
    static final Set<String> LIST_TAKERS = Set.of("batch", "batchUpdate");

    /** The methods of jOOQ that begin a change of rows. */
    static final Set<String> CHANGES = words("update delete deleteFrom");

    private static final Set<String> JOOQ = Set.of("org.jooq.DSLContext", "org.jooq.impl.DSL", "org.jooq.WithStep");
    private static final Set<String> SCHEMA_CHANGE = Set.of(RuntimeNames.SCHEMA_CHANGE.canonicalName());
    private static final Set<String> IN_STEPS =
            Set.of(RuntimeNames.EXPAND_CONTRACT.canonicalName(), RuntimeNames.RENAME_BY_VIEW.canonicalName());
    private static final Set<String> DDL_QUERY = Set.of("org.jooq.DDLQuery");
    private static final Set<String> OWNERS_OF_TAKERS = Set.of(
            "org.jooq.DSLContext",
            "org.jooq.impl.DSL",
            "java.sql.Connection",
            "java.sql.Statement",
            RuntimeNames.ROW_BATCH.canonicalName(),
            RuntimeNames.MIGRATION_RUN.canonicalName(),
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations",
            "org.springframework.jdbc.core.simple.JdbcClient");

    /** The types of jOOQ, JDBC and Spring that send nothing until they are executed. */
    private static final Set<String> STATEMENTS = Set.of(
            "org.jooq.Query",
            "org.jooq.Batch",
            "org.jooq.Queries",
            "java.sql.PreparedStatement",
            "org.springframework.jdbc.core.simple.JdbcClient.StatementSpec");

    private static final Pattern STEP = Pattern.compile("org\\.jooq\\.\\w+Step(\\d+|N)?");

    private SqlMethods() {}

    static boolean changesSchema(ExecutableElement method) {
        return SCHEMA_VERBS.contains(method.getSimpleName().toString())
                && (isOf(method, JOOQ) || element(method.getReturnType()).anyMatch(type -> isNamed(type, DDL_QUERY)));
    }

    /** Whether it declares that something is taken away. */
    static boolean dropsOf(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        return RuntimeNames.DROPS.contains(name) && isOf(method, SCHEMA_CHANGE)
                || RuntimeNames.LAST_STEPS.contains(name) && isOf(method, IN_STEPS);
    }

    static boolean createsTemporaryTable(ExecutableElement method) {
        String name = method.getSimpleName().toString();
        return name.startsWith("create") && name.contains("Temporary") && isOf(method, JOOQ);
    }

    static boolean changesRows(ExecutableElement method) {
        return CHANGES.contains(method.getSimpleName().toString()) && isOf(method, JOOQ);
    }

    /** Whether the method returns a condition that is true for each row. */
    static boolean isNoCondition(ExecutableElement method) {
        return Set.of("noCondition", "trueCondition")
                        .contains(method.getSimpleName().toString())
                && isOf(method, JOOQ);
    }

    static boolean takesSql(ExecutableElement method) {
        return SQL_TAKERS.contains(method.getSimpleName().toString()) && isOf(method, OWNERS_OF_TAKERS);
    }

    /** Whether the method returns a statement that has to be executed, or a step towards one. */
    static boolean returnsStatement(ExecutableElement method) {
        return element(method.getReturnType())
                .anyMatch(type -> STEP.matcher(type.getQualifiedName()).matches() || isNamed(type, STATEMENTS));
    }

    /**
     * Whether a statement begins with this method. A call on a statement that is kept in a variable doesn't begin one: it may
     * change that statement.
     */
    static boolean beginsStatement(ExecutableElement method) {
        return returnsStatement(method) && isOf(method, OWNERS_OF_TAKERS);
    }

    /** Whether the method has this name and class. */
    static boolean is(ExecutableElement method, String owner, String name) {
        return method.getSimpleName().contentEquals(name) && isOf(method, Set.of(owner));
    }

    private static boolean isOf(ExecutableElement method, Set<String> owners) {
        return method.getEnclosingElement() instanceof TypeElement type && isNamed(type, owners);
    }

    private static boolean isNamed(TypeElement type, Set<String> names) {
        return withParents(type).stream()
                .anyMatch(parent -> names.contains(parent.getQualifiedName().toString()));
    }

    /** {@return a type and all its supertypes, superclasses first} */
    static Set<TypeElement> withParents(TypeElement type) {
        Set<TypeElement> found = new LinkedHashSet<>();
        Deque<TypeElement> left = new ArrayDeque<>(List.of(type));
        while (!left.isEmpty()) {
            TypeElement next = left.remove();
            if (found.add(next)) {
                element(next.getSuperclass()).forEach(left::addFirst);
                next.getInterfaces().stream().flatMap(SqlMethods::element).forEach(left::add);
            }
        }
        return found;
    }

    /** {@return the class or interface of a type} */
    static Stream<TypeElement> element(TypeMirror type) {
        Element element = type instanceof DeclaredType declared ? declared.asElement() : null;
        return element instanceof TypeElement found ? Stream.of(found) : Stream.empty();
    }

    /** {@return the last name in a name, call or reference; empty for anything else} */
    static String called(Tree tree) {
        if (tree instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        } else if (tree instanceof MethodInvocationTree call) {
            return called(call.getMethodSelect());
        } else if (tree instanceof MemberReferenceTree reference) {
            return reference.getName().toString();
        }
        return tree instanceof MemberSelectTree select ? select.getIdentifier().toString() : "";
    }

    /** {@return the words of a text, sorted, so that findings don't depend on hash codes} */
    static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }
}
