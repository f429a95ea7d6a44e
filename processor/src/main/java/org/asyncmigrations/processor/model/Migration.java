package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * One annotated class, as it is written, whether right or wrong.
 *
 * @param declaration its annotation; the first if it has both
 * @param secondPhase the place of the other annotation, if it has both
 * @param marker why a second run is harmless, if it declares that
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
    /** By version, and by name if the versions are equal. */
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

    /** {@return whether it is outside of the order of versions} */
    public boolean isIndependent() {
        return declaration.independence().declared();
    }

    /** {@return its phase and fingerprint, as in catalogs} */
    public String code() {
        return declaration.runPhase().text() + " " + fingerprint;
    }

    /** {@return whether the compiler could resolve everything that its declaration names; if not, the compiler reports it} */
    public boolean isResolved() {
        return version().readable()
                && supertypes.kind() != Kind.UNKNOWN
                && shape.constructors().stream()
                        .flatMap(constructor -> constructor.parameters().stream())
                        .allMatch(Parameter::resolved);
    }
}
