package org.asyncmigrations.schema;

/** Another session currently builds the index that a change needs. When it has ended, the catalog says what is left. */
public final class IndexBuiltElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IndexBuiltElsewhereException(String index) {
        super("which is building index " + index);
    }
}
