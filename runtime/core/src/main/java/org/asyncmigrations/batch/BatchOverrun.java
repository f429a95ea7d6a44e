package org.asyncmigrations.batch;

/** A statement that reports more rows than its batch was expected to have. Caught within this package: the batch is then looked at closely. */
final class BatchOverrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How many rows the statement reports. */
    private final long rows;

    /** Whether it is known to change the walked table; a statement of plain text does not tell. */
    private final boolean isOfTheTable;

    BatchOverrun(long rows, boolean isOfTheTable) {
        super(rows + " rows", null, false, false);
        this.rows = rows;
        this.isOfTheTable = isOfTheTable;
    }

    long rows() {
        return rows;
    }

    boolean isOfTheTable() {
        return isOfTheTable;
    }
}
