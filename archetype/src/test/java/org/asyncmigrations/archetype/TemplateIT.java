package org.asyncmigrations.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplateIT {
    private static final Path TEMPLATE = Path.of("src/main/resources/archetype-resources");

    @Test
    void itsReadmeSaysWhatEachFindingMeans() throws Exception {
        String processor = Files.readString(Path.of("../processor/README.md"));
        var findings = Pattern.compile("(?m)^\\| (`[A-Z][a-zA-Z]+`)")
                .matcher(processor)
                .results()
                .map(MatchResult::group);

        assertThat(findings.map(row -> row.substring(2)))
                .hasSizeGreaterThan(20)
                .allSatisfy(finding -> assertThat(Files.readString(TEMPLATE.resolve("README.md")))
                        .contains(finding));
    }
}
