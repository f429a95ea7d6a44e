package org.asyncmigrations.database;

import java.sql.SQLException;

/** A statement that changes the schema, in an after-release migration that may not; it was not sent. */
public final class SchemaChangeException extends SQLException implements NotRetried {
    private static final long serialVersionUID = 1L;

    /** Of a statement that is shown: enough to find it. */
    private static final int SHOWN = 200;

    SchemaChangeException(String sql) {
        super("[SchemaChangeAfterRelease] an after-release migration may not change the schema, and this was not sent: "
                + (sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + " …")
                + "; annotate the class @ChangesSchema(because = \"…\"), or leave the change to the schema's own"
                + " migrations");
    }
}
