package org.asyncmigrations.session;

import java.sql.SQLException;
import org.asyncmigrations.product.NotRetried;

/** A statement that changes the schema, where that may not be: in an after-release migration above all. It was not sent. */
public final class SchemaChangeException extends SQLException implements NotRetried {
    private static final long serialVersionUID = 1L;

    /** Of a statement that is shown: enough to find it. */
    private static final int SHOWN = 200;

    /** How the statement begins. */
    private final String statement;

    SchemaChangeException(String sql) {
        super("[SchemaChangeAfterRelease] an after-release migration may not change the schema, and this was not sent: "
                + shown(sql)
                + "; annotate the class @ChangesSchema(because = \"…\"), or leave the change to the schema's own"
                + " migrations");
        this.statement = shown(sql);
    }

    private static String shown(String sql) {
        return sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + " …";
    }

    /** {@return the statement, or how it begins} */
    public String statement() {
        return statement;
    }
}
