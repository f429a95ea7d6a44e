package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * One annotated class, as it is written down: right or wrong.
 *
 * @param declaration its annotation; the first where it has both
 * @param secondPhase where the other annotation is, if it has both
 * @param marker why a second run is harmless, if it says so
 * @param fingerprint a hash of its code
 * @param suppressed the names in its {@code @SuppressWarnings} and in those around it
 */
public record Migration(
        ClassName className,
        Declaration declaration,
        Optional<Origin> secondPhase,
        Optional<IdempotencyMarker> marker,
        SupertypeFacts supertypes,
        Shape shape,
        Content content,
        String fingerprint,
        Set<String> suppressed,
        Origin origin) {
    /** By version, and where versions are the same by name. */
    public static final Comparator<Migration> ORDER =
            Comparator.<Migration>comparingLong(m -> m.version().value()).thenComparing(Migration::name);

    public Migration {
        suppressed = Set.copyOf(suppressed);
    }

    /** {@return its full name} */
    public String name() {
        return className.canonicalName();
    }

    /** {@return its name without package} */
    public String simpleName() {
        return className.simpleName();
    }

    /** {@return its version} */
    public Version version() {
        return declaration.version();
    }

    /** {@return whether it stands outside of the order of versions} */
    public boolean isIndependent() {
        return declaration.independence().declared();
    }

    /** {@return its turn and fingerprint, as catalogs list them} */
    public String code() {
        return declaration.turn().text() + " " + fingerprint;
    }

    /** {@return whether the compiler knows all that its declaration names; where it does not, it says so itself} */
    public boolean isResolved() {
        return version().readable()
                && supertypes.kind() != Kind.UNKNOWN
                && shape.constructors().stream()
                        .flatMap(constructor -> constructor.parameters().stream())
                        .allMatch(Parameter::resolved);
    }
}
