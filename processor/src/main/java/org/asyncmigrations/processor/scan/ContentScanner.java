package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.processor.body.Bodies;
import org.asyncmigrations.processor.body.Bodies.Sought;
import org.asyncmigrations.processor.body.Statements;
import org.asyncmigrations.processor.model.Content;
import org.asyncmigrations.processor.model.Content.Permission;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.Lineage;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Phase;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Reads what a migration does to the schema and to whole tables.
 *
 * @param bodies the bodies of classes
 * @param tables reads table classes
 */
record ContentScanner(Bodies bodies, TableScanner tables) {
    /** Nobody looks for warnings that nobody wants. */
    private static final String UNBOUNDED = "UnboundedChange";

    Content scan(TypeElement type, Phase phase, Lineage lineage, Set<String> suppressed, Origin origin) {
        Optional<Permission> permission = permission(type, origin);
        Set<Sought> sought = sought(phase, lineage, permission.isPresent(), suppressed);
        Statements found = bodies.read(type, origin, sought);
        return new Content(
                permission,
                retired(type, origin),
                found.schemaChanges(),
                found.unboundedChanges(),
                found.batchUse(),
                found.missing());
    }

    /** Only what a rule asks for. Where a supertype is missing, it is not known what it is. */
    private static Set<Sought> sought(Phase phase, Lineage lineage, boolean permitted, Set<String> suppressed) {
        Set<Sought> sought = EnumSet.noneOf(Sought.class);
        if (phase == Phase.AFTER_RELEASE && !permitted && lineage.kind() != Kind.UNKNOWN) {
            sought.add(Sought.SCHEMA_CHANGES);
        }
        if (lineage.kind() == Kind.DATA && !suppressed.contains(UNBOUNDED)) {
            sought.add(Sought.UNBOUNDED_CHANGES);
        }
        if (lineage.isBatch()) {
            sought.add(Sought.BATCH_USE);
        }
        if (lineage.isBackfill()) {
            sought.add(Sought.BACKFILL);
        }
        return sought;
    }

    private static Optional<Permission> permission(TypeElement type, Origin origin) {
        return Annotations.find(type, RuntimeNames.CHANGES_SCHEMA, origin)
                .map(found ->
                        new Permission(found.read("because", String.class).orElse("?"), found.originOf("because")));
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

    /** Written one beside the other, they are in a list that is written nowhere, in which the compiler places nothing. */
    private Origin originOf(TypeElement type, int index, Origin otherwise) {
        return bodies.spotOf(type, RuntimeNames.RETIRES_COLUMN.simpleName(), index, "name")
                .map(otherwise::at)
                .orElse(otherwise);
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
