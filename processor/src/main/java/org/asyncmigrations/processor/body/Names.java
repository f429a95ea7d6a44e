package org.asyncmigrations.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names that are looked for in bodies: only calls that have one of them are looked at. */
final class Names {
    /** The methods of jOOQ that begin a {@code DDLQuery}, temporary tables left out; a test holds them against jOOQ. */
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

    /** The methods that take SQL text first, of jOOQ, JDBC and Spring. */
    static final Set<String> SQL_TAKERS = words("""
            addBatch batch batchUpdate execute executeLargeUpdate executeQuery executeUpdate
            fetch fetchAsync fetchLazy fetchMany fetchOne fetchOptional fetchOptionalValue fetchSingle fetchStream
            fetchValue fetchValues prepareCall prepareStatement query queryForList queryForMap queryForObject
            queryForRowSet queryForStream resultQuery sql update""");

    /** Of these, each argument that is text is SQL. */
    static final Set<String> LIST_TAKERS = Set.of("batch", "batchUpdate");

    /** The methods of jOOQ that begin a change of rows. */
    static final Set<String> CHANGES = words("update delete deleteFrom");

    private Names() {}

    /** The last name of a method or variable that is named, empty where it has none. */
    static String called(Tree tree) {
        if (tree instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        }
        return tree instanceof MemberSelectTree select ? select.getIdentifier().toString() : "";
    }

    /** Whether nothing, or {@code this}, stands before the name. */
    static boolean isUnqualified(ExpressionTree tree) {
        return tree instanceof IdentifierTree
                || tree instanceof MemberSelectTree select
                        && select.getExpression() instanceof IdentifierTree qualifier
                        && qualifier.getName().contentEquals("this");
    }

    /** Sorted, so that what is found does not depend on hash codes. */
    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }
}
