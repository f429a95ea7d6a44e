package org.asyncmigrations.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the project promises of each module. */
class HouseRulesTest {
    private static final JavaClasses GUARD = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.asyncmigrations.guard");

    @Test
    void onlyWhatUsersNameIsPublic() {
        assertThat(GUARD.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(type -> type.getSimpleName()))
                .containsExactlyInAnyOrder(
                        "Guard",
                        "Report",
                        "Finding",
                        "Verdict",
                        "Migrations",
                        "FlywayMigrations",
                        "LiquibaseMigrations",
                        "DataMigrations");
    }

    @Test
    void itNeedsNothingButTheJdk() {
        classes()
                .that()
                .haveNameNotMatching(".*\\.(Flyway|Liquibase|ChangeSet|DataMigrations)\\w*(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.sql..", "org.asyncmigrations.guard..", "org.jspecify..")
                .check(GUARD);
    }

    @Test
    void noClassHasANameThatSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|Abstract|Base)$")
                .check(GUARD);
    }

    @Test
    void noFileIsLong() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines.size()).as(file.toString()).isLessThanOrEqualTo(300);
            }
        }
    }
}
