package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.model.Build.Stray;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;

/** Finds annotations for migrations on other classes. */
final class StrayScanner {
    /** In the order in which they are printed. */
    static final List<ClassName> ANNOTATIONS = List.of(
            RuntimeNames.IDEMPOTENT,
            RuntimeNames.CHANGES_SCHEMA,
            RuntimeNames.RETIRES_COLUMN,
            RuntimeNames.RETIRES_COLUMNS);

    private StrayScanner() {}

    static List<Stray> scan(List<TypeElement> marked) {
        List<Stray> strays = new ArrayList<>();
        for (TypeElement type : marked) {
            Origin origin = new Origin(type.getQualifiedName().toString(), type, null, null);
            if (DeclarationScanner.declarations(type, origin).isEmpty()) {
                ANNOTATIONS.forEach(name -> Annotations.find(type, name, origin)
                        .map(found ->
                                new Stray(written(name), type.getSimpleName().toString(), found.origin()))
                        .ifPresent(strays::add));
            }
        }
        return strays;
    }

    /** {@return the name that users write} The compiler usually creates the container of a repeated annotation. */
    private static String written(ClassName annotation) {
        return annotation.topLevelClassName().simpleName();
    }
}
