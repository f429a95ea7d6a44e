package org.asyncmigrations.testing.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.testing.product.Facts.Group;
import org.junit.jupiter.api.Test;

/** The README's table is that of the suite, whose differences are proven by their tests. */
class FactTableTest {
    private static final List<ProductWords> PRODUCTS =
            List.of(new PostgresWords(), new MariaDbWords(), new MySqlWords(), new H2Words());

    /** Groups with a fact for each type, which differ from product to product. */
    private static final Set<String> OF_TYPES = Set.of("keys", "writing back");

    @Test
    void theReadmeHasEachFactWithTheProductsThatDiffer() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(rows()).allSatisfy(row -> assertThat(readme).contains(row));
    }

    @Test
    void eachDifferenceIsOneOfAFact() {
        Set<String> names =
                facts().flatMap(group -> group.facts().stream()).map(Fact::name).collect(Collectors.toSet());
        assertThat(PRODUCTS)
                .allSatisfy(words ->
                        assertThat(names).containsAll(words.differences().keySet()));
    }

    private static Stream<Group> facts() {
        return PRODUCTS.stream().flatMap(words -> Facts.of(words).stream());
    }

    private static List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Group group : Facts.of(PRODUCTS.get(0))) {
            if (!OF_TYPES.contains(group.name())) {
                group.facts().forEach(fact -> rows.add(row(fact)));
            }
        }
        return rows;
    }

    private static String row(Fact fact) {
        return PRODUCTS.stream()
                .map(words -> words.differences().get(fact.name()))
                .map(difference -> difference == null ? "yes" : "no: " + difference)
                .collect(Collectors.joining(" | ", "| " + fact.name() + " | ", " |"));
    }
}
