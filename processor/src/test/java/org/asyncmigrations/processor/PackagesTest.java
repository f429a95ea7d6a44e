package org.asyncmigrations.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages form a line: scan, check and write know the model, scan reads the journal, only the processor knows them all. */
class PackagesTest {
    private static final String ROOT = "org.asyncmigrations.processor";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void eachPackageIsReadOnlyByThoseBehindIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("processor")
                .definedBy(ROOT)
                .layer("release")
                .definedBy(ROOT + ".release")
                .layer("write")
                .definedBy(ROOT + ".write")
                .layer("check")
                .definedBy(ROOT + ".check")
                .layer("scan")
                .definedBy(ROOT + ".scan")
                .layer("journal")
                .definedBy(ROOT + ".journal")
                .layer("body")
                .definedBy(ROOT + ".body")
                .layer("model")
                .definedBy(ROOT + ".model")
                .whereLayer("processor")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("release")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("processor")
                .whereLayer("check")
                .mayOnlyBeAccessedByLayers("processor", "release")
                .whereLayer("body")
                .mayOnlyBeAccessedByLayers("scan", "processor")
                .whereLayer("scan")
                .mayOnlyBeAccessedByLayers("processor")
                .whereLayer("journal")
                .mayOnlyBeAccessedByLayers("scan", "release")
                .check(CLASSES);
    }

    @Test
    void theModelHoldsNoTypeOfTheCompilerButInTheOrigin() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".model")
                .and()
                .doNotHaveSimpleName("Origin")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax..", "com.sun..")
                .check(CLASSES);
    }

    @Test
    void treesAreKnownOnlyWhereBodiesAndTextsAreRead() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".body", ROOT + ".scan")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun..")
                .check(CLASSES);
    }

    @Test
    void theChecksAndTheJournalReadNothingOfTheCompiler() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".check", ROOT + ".journal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax..", "com.sun..")
                .check(CLASSES);
    }

    @Test
    void theProcessorDependsOnNoPartOfTheRuntimeButItsLexer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.asyncmigrations",
                        "org.asyncmigrations.product..",
                        "org.asyncmigrations.session..",
                        "org.asyncmigrations.state..",
                        "org.asyncmigrations.batch..",
                        "org.asyncmigrations.dispatch..")
                .check(CLASSES);
    }
}
