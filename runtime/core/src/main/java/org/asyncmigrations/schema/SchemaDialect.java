package org.asyncmigrations.schema;

import java.util.List;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.RenameByView.Names;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaChange.AddCheck;
import org.asyncmigrations.SchemaChange.AddColumn;
import org.asyncmigrations.SchemaChange.AddForeignKey;
import org.asyncmigrations.SchemaChange.CreateIndex;
import org.asyncmigrations.SchemaChange.DropColumn;
import org.asyncmigrations.SchemaChange.DropIndex;
import org.asyncmigrations.SchemaChange.SetNotNull;
import org.asyncmigrations.product.InnoDb;
import org.asyncmigrations.product.Postgres;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.session.UserWork;

/** How one product changes a schema without blocking. For one transaction that is rolled back; used by one thread. */
public sealed interface SchemaDialect permits PostgresSchema, InnoDbSchema, H2Schema {
    /**
     * The dialect of a product.
     *
     * @param work the way to the database
     * @return the dialect
     */
    static SchemaDialect of(UserWork work) {
        Product product = work.product();
        if (product instanceof Postgres) {
            return new PostgresSchema(work.own());
        }
        return product instanceof InnoDb innoDb ? new InnoDbSchema(work.own(), innoDb) : new H2Schema(work.own());
    }

    /**
     * What is left of a change, as the catalog says now. The first statement may be sent; then this is asked again.
     *
     * @param change the change
     * @return the statements in order, none if all is there
     * @throws SchemaRefusedException if it cannot be done without harm, or something of that name is there that is not this
     */
    default List<SchemaStatement> left(SchemaChange change) {
        if (change instanceof CreateIndex index) {
            return createIndex(index);
        } else if (change instanceof DropIndex index) {
            return dropIndex(index);
        } else if (change instanceof AddForeignKey key) {
            return addForeignKey(key);
        } else if (change instanceof AddCheck check) {
            return addCheck(check);
        } else if (change instanceof SetNotNull notNull) {
            return setNotNull(notNull);
        } else if (change instanceof AddColumn column) {
            return addColumn(column);
        }
        return change instanceof DropColumn column ? dropColumn(column) : step(change);
    }

    private List<SchemaStatement> step(SchemaChange change) {
        if (change instanceof ExpandContract.Expand expand) {
            return steps(expand.sides()).expand();
        } else if (change instanceof ExpandContract.Contract contract) {
            return steps(contract.sides()).contract();
        } else if (change instanceof ExpandContract.Undo undo) {
            return steps(undo.sides()).undo();
        } else if (change instanceof RenameByView.Expand expand) {
            return steps(expand.names()).expand();
        } else if (change instanceof RenameByView.Contract contract) {
            return steps(contract.names()).contract();
        }
        return steps(((RenameByView.Undo) change).names()).undo();
    }

    /**
     * Creating an index.
     *
     * @param index the change
     * @return the statements that are left
     */
    List<SchemaStatement> createIndex(CreateIndex index);

    /**
     * Dropping an index.
     *
     * @param index the change
     * @return the statements that are left
     */
    List<SchemaStatement> dropIndex(DropIndex index);

    /**
     * Adding a foreign key.
     *
     * @param key the change
     * @return the statements that are left
     */
    List<SchemaStatement> addForeignKey(AddForeignKey key);

    /**
     * Adding a check.
     *
     * @param check the change
     * @return the statements that are left
     */
    List<SchemaStatement> addCheck(AddCheck check);

    /**
     * Refusing NULL.
     *
     * @param notNull the change
     * @return the statements that are left
     */
    List<SchemaStatement> setNotNull(SetNotNull notNull);

    /**
     * Adding a column.
     *
     * @param column the change
     * @return the statements that are left
     */
    List<SchemaStatement> addColumn(AddColumn column);

    /**
     * Dropping a column.
     *
     * @param column the change
     * @return the statements that are left
     */
    List<SchemaStatement> dropColumn(DropColumn column);

    /**
     * Replacing a column by others, in steps.
     *
     * @param sides the two sides
     * @return the steps
     * @throws SchemaRefusedException if the product can't
     */
    StepwiseChange steps(Sides sides);

    /**
     * Renaming a table or a column, in steps.
     *
     * @param names the names
     * @return the steps
     * @throws SchemaRefusedException if the product can't
     */
    StepwiseChange steps(Names names);
}
