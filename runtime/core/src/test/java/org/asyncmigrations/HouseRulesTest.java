package org.asyncmigrations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** That the runtime fits a native image as it is: it finds and makes nothing by reflection. */
class HouseRulesTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.asyncmigrations");

    @Test
    void nothingIsReflectedOn() {
        for (Class<?> type : new Class<?>[] {
            Proxy.class, Method.class, Field.class, Constructor.class, ServiceLoader.class, ClassLoader.class
        }) {
            noClasses().should().dependOnClassesThat().belongToAnyOf(type).check(RUNTIME);
        }
    }

    @Test
    void noClassIsLookedUpByItsName() {
        noClasses()
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .check(RUNTIME);
    }

    /** Clocks of nodes may be hours apart: time is the database's, and how long something took is the stop watch's. */
    @Test
    void noClockOfThisMachineIsRead() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Calendar.class)
                .orShould()
                .callConstructor(Date.class)
                .check(RUNTIME);
        for (Class<?> time : new Class<?>[] {
            Instant.class,
            LocalDateTime.class,
            LocalDate.class,
            LocalTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class
        }) {
            noClasses()
                    .should()
                    .callMethod(time, "now")
                    .orShould()
                    .callMethod(time, "now", ZoneId.class)
                    .check(RUNTIME);
        }
    }
}
