package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.processor.model.Content;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.Written;

/**
 * Reads a migration's annotations about the schema.
 *
 * @param sources the text of classes
 * @param tables reads table classes
 */
record ContentScanner(Sources sources, TableScanner tables) {
    Content scan(TypeElement type, Origin origin) {
        return new Content(permission(type, origin), retired(type, origin));
    }

    private static Optional<Written> permission(TypeElement type, Origin origin) {
        return Annotations.find(type, RuntimeNames.CHANGES_SCHEMA, origin)
                .map(found -> new Written(found.read("because", String.class).orElse("?"), found.originOf("because")));
    }

    private List<RetiredColumn> retired(TypeElement type, Origin origin) {
        List<RetiredColumn> columns = new ArrayList<>();
        Annotations.find(type, RuntimeNames.RETIRES_COLUMN, origin)
                .flatMap(found -> column(found, found.originOf("name")))
                .ifPresent(columns::add);
        Annotations.find(type, RuntimeNames.RETIRES_COLUMNS, origin).ifPresent(list -> {
            List<? extends AnnotationValue> members = list.array("value");
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).getValue() instanceof AnnotationMirror mirror) {
                    Annotations member = Annotations.of(mirror, origin);
                    column(member, originOf(type, i, member.originOf("name"))).ifPresent(columns::add);
                }
            }
        });
        return columns;
    }

    /**
     * {@return the place of one of several repeated annotations} The compiler puts them into a container that isn't in the
     * source, and knows no places in it.
     */
    private Origin originOf(TypeElement type, int index, Origin otherwise) {
        return sources.originOf(type, RuntimeNames.RETIRES_COLUMN.simpleName(), index, "name", otherwise);
    }

    private Optional<RetiredColumn> column(Annotations annotation, Origin origin) {
        String name = annotation.read("name", String.class).orElse("");
        return annotation
                .read("table", TypeMirror.class)
                .filter(table -> table instanceof DeclaredType && annotation.isWritten("name"))
                .map(table -> ((DeclaredType) table).asElement())
                .filter(TypeElement.class::isInstance)
                .map(table -> tables.column((TypeElement) table, name, origin));
    }
}
