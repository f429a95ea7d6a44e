package org.asyncmigrations;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
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
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The runtime works in a native image without configuration: it uses no reflection. */
class HouseRulesTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.asyncmigrations");

    /** Methods of Class that work on any class in a native image. */
    private static final Set<String> HARMLESS = Set.of(
            "getName",
            "getSimpleName",
            "isAssignableFrom",
            "isInstance",
            "cast",
            "isEnum",
            "isAnonymousClass",
            "isHidden",
            "isSynthetic",
            "desiredAssertionStatus");

    @Test
    void nothingIsReflectedOn() {
        for (Class<?> type : new Class<?>[] {
            Proxy.class,
            Method.class,
            Field.class,
            Constructor.class,
            Array.class,
            MethodHandles.Lookup.class,
            ServiceLoader.class,
            ClassLoader.class,
            ResourceBundle.class,
            ObjectInputStream.class,
            ObjectOutputStream.class
        }) {
            noClasses().should().dependOnClassesThat().belongToAnyOf(type).check(RUNTIME);
        }
    }

    /** Only these methods of Class are called: not those for its members, resources, or lookup by name. */
    @Test
    void noClassIsAskedForMoreThanItIs() {
        noClasses()
                .should()
                .callMethodWhere(describe("it is reflection", HouseRulesTest::isReflection))
                .check(RUNTIME);
    }

    private static boolean isReflection(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Class.class)
                && !HARMLESS.contains(call.getTarget().getName());
    }

    /** Machines' clocks may be hours apart. Times come from the database's clock, durations from a stop watch. */
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
