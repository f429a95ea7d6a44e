package org.asyncmigrations.schema;

import org.asyncmigrations.RenameByView.Names;

/**
 * A table that gets another name: what both products say about it. Immutable.
 *
 * @param old its old name, as the catalog spells it if it is there
 */
record RenamedTable(Names names, String old) {
    SchemaRefusedException missing() {
        return new SchemaRefusedException(
                "there is no table " + old + " and no table " + names.renamed() + "; correct the names");
    }

    static SchemaRefusedException notATable(String name) {
        return new SchemaRefusedException(
                name + " is neither a table nor the view that this declaration creates; choose another name");
    }

    static SchemaRefusedException taken(String name) {
        return new SchemaRefusedException("the name " + name + " is taken; choose another one");
    }

    static SchemaRefusedException tooLong(String name, String most) {
        return new SchemaRefusedException("the name " + name + " may have at most " + most + "; choose a shorter one");
    }

    SchemaRefusedException notExpanded() {
        return new SchemaRefusedException(old + " is not the view of " + names.renamed()
                + " that expand() of the same declaration creates; let that migration run first");
    }

    SchemaRefusedException gone() {
        return new SchemaRefusedException("the old name of " + names.renamed()
                + " no longer exists, so undo() cannot restore it; declare the reverse rename instead");
    }
}
