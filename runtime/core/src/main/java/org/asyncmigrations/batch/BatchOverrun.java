package org.asyncmigrations.batch;

/** A statement reported more rows than its batch was expected to have. Caught within this package, which then examines the batch. */
final class BatchOverrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The number of rows that the statement reported. */
    private final long rows;

    /** Whether it is known to change the walked table; a plain-text statement doesn't name its table. */
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
