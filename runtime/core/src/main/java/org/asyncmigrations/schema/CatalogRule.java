package org.asyncmigrations.schema;

import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Result;

/**
 * A reason against a change, which the catalog shows. Immutable.
 *
 * @param query finds it; what it finds first is {@code {found}} in the sentence
 * @param why the sentence
 */
record CatalogRule(String query, String why) {
    /**
     * Asks the catalog.
     *
     * @param words what stands for a word in braces, by that word
     * @param values the queries' parameters
     * @throws SchemaRefusedException if one of the rules finds something
     */
    static void requireNone(DSLContext dsl, List<CatalogRule> rules, Map<String, String> words, QueryPart... values) {
        for (CatalogRule rule : rules) {
            Result<Record> found = dsl.fetch(rule.query(), values);
            if (!found.isEmpty()) {
                String why = rule.why();
                for (Map.Entry<String, String> word : words.entrySet()) {
                    why = why.replace("{" + word.getKey() + "}", word.getValue());
                }
                throw new SchemaRefusedException(
                        why.replace("{found}", String.valueOf(found.get(0).get(0))));
            }
        }
    }
}
