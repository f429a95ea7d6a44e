package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.model.Declaration;
import org.asyncmigrations.processor.model.IdempotencyMarker;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.SupertypeFacts;

/**
 * Reads one annotated class.
 *
 * @param sources access to its text
 * @param shapes reads its constructors
 * @param contents reads its annotations about the schema
 */
record ClassScanner(Sources sources, ShapeScanner shapes, ContentScanner contents) {
    /** {@return the migration, empty if the class no longer has its annotation} */
    Optional<Migration> scan(TypeElement type) {
        Origin origin = new Origin(type.getQualifiedName().toString(), type, null, null);
        List<Declaration> declarations = DeclarationScanner.declarations(type, origin);
        if (declarations.isEmpty()) {
            return Optional.empty();
        }
        SupertypeFacts supertypes = Supertypes.supertypes(type);
        return Optional.of(new Migration(
                ClassName.get(type),
                declarations.get(0),
                declarations.stream().skip(1).map(Declaration::origin).findFirst(),
                DeclarationScanner.marker(type, origin).or(() -> IdempotencyMarker.of(supertypes, origin)),
                supertypes,
                shapes.scan(type, origin),
                contents.scan(type, origin),
                fingerprint(type),
                origin.suppressed(),
                origin));
    }

    private String fingerprint(TypeElement type) {
        return sources.textOf(type).map(Fingerprint::of).orElse(RuntimeNames.UNKNOWN_FINGERPRINT);
    }
}
