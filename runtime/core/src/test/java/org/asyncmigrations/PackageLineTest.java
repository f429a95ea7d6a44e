package org.asyncmigrations;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** The packages form a line: {@code org.asyncmigrations <- product | sql <- session <- state <- batch | release | throttle | schema <- operator <- dispatch}. */
class PackageLineTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.asyncmigrations");

    @Test
    void thePackagesHoldTheirLine() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("root")
                .definedBy("org.asyncmigrations")
                .layer("product")
                .definedBy("org.asyncmigrations.product..")
                .layer("sql")
                .definedBy("org.asyncmigrations.sql..")
                .layer("session")
                .definedBy("org.asyncmigrations.session..")
                .layer("state")
                .definedBy("org.asyncmigrations.state..")
                .layer("batch")
                .definedBy("org.asyncmigrations.batch..")
                .layer("release")
                .definedBy("org.asyncmigrations.release..")
                .layer("throttle")
                .definedBy("org.asyncmigrations.throttle..")
                .layer("schema")
                .definedBy("org.asyncmigrations.schema..")
                .layer("dispatch")
                .definedBy("org.asyncmigrations.dispatch..")
                .layer("operator")
                .definedBy("org.asyncmigrations.operator..")
                .whereLayer("root")
                .mayNotAccessAnyLayer()
                .whereLayer("sql")
                .mayNotAccessAnyLayer()
                .whereLayer("product")
                .mayOnlyAccessLayers("root")
                .whereLayer("session")
                .mayOnlyAccessLayers("root", "product", "sql")
                .whereLayer("state")
                .mayOnlyAccessLayers("root", "product", "session")
                .whereLayer("batch")
                .mayOnlyAccessLayers("root", "product", "session", "state")
                .whereLayer("release")
                .mayOnlyAccessLayers("root", "product", "session", "state")
                .whereLayer("throttle")
                .mayOnlyAccessLayers("root", "product", "session", "state")
                .whereLayer("schema")
                .mayOnlyAccessLayers("root", "product", "session")
                .whereLayer("operator")
                .mayOnlyAccessLayers("root", "product", "session", "state", "release")
                .check(RUNTIME);
    }

    @Test
    void noPackagesAreInACycle() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(RUNTIME);
    }

    @Test
    void noPackageIsOutsideTheLine() {
        assertThat(RUNTIME.stream().map(type -> type.getPackageName()))
                .isNotEmpty()
                .allMatch(
                        name -> name.matches(
                                "org\\.asyncmigrations(\\.(product|sql|session|state|batch|release|throttle|schema|dispatch|operator)(\\..*)?)?"));
    }

    /** One slice for each package, including the root. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("org.asyncmigrations")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of the runtime";
        }
    }
}
