package org.asyncmigrations.example.modules.accounts;

import static org.asyncmigrations.example.modules.accounts.schema.Tables.USERS;
import static org.jooq.impl.DSL.lower;

import java.util.Locale;
import org.asyncmigrations.MigrationHandle;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Finds users by what they type, through the new column as soon as {@link LowerEmails} is done. The handle comes from the
 * application, whose registry this library does not see. Safe for threads.
 *
 * @param dsl where the users are
 * @param lowerEmails the handle of {@link LowerEmails}
 */
public record LogIn(DSLContext dsl, MigrationHandle lowerEmails) {
    /**
     * Finds a user.
     *
     * @param typed an email in any case
     * @return the user's id, null for nobody
     */
    public @Nullable Long find(String typed) {
        return dsl.select(USERS.ID)
                .from(USERS)
                .where(column().eq(typed.toLowerCase(Locale.ROOT)))
                .fetchOne(USERS.ID);
    }

    /** {@return what users are looked up by at present} */
    public Field<String> column() {
        return lowerEmails.isDone() ? USERS.EMAIL_LOWER : lower(USERS.EMAIL);
    }
}
