package org.asyncmigrations.session;

import java.sql.SQLException;
import org.asyncmigrations.product.NotRetried;

/** A statement that changes the schema where that isn't allowed, above all in an after-release migration. It wasn't sent. */
public final class SchemaChangeException extends SQLException implements NotRetried {
    private static final long serialVersionUID = 1L;

    /** The most characters of a statement to show: enough to find it. */
    private static final int SHOWN = 200;

    /** The beginning of the statement. */
    private final String statement;

    SchemaChangeException(String sql) {
        super("[SchemaChangeAfterRelease] an after-release migration must not change the schema, so this was not sent: "
                + shown(sql)
                + "; annotate the class @ChangesSchema(because = \"…\"), or leave the change to the schema's own"
                + " migrations");
        this.statement = shown(sql);
    }

    private static String shown(String sql) {
        return sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + " …";
    }

    /** {@return the statement, cut if it is long} */
    public String statement() {
        return statement;
    }
}
