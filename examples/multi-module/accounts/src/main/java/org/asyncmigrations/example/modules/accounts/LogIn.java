package org.asyncmigrations.example.modules.accounts;

import static org.asyncmigrations.example.modules.accounts.schema.Tables.USERS;
import static org.jooq.impl.DSL.lower;

import java.util.Locale;
import org.asyncmigrations.MigrationHandle;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Finds users by what they type, with the new column as soon as {@link LowerEmails} is done. The application passes the handle
 * in, because this library doesn't see the application's registry. Thread-safe.
 *
 * @param dsl the database with the users
 * @param lowerEmails the handle of {@link LowerEmails}
 */
public record LogIn(DSLContext dsl, MigrationHandle lowerEmails) {
    /**
     * Finds a user.
     *
     * @param typed an email in any case
     * @return the user's ID, null if there is none
     */
    public @Nullable Long find(String typed) {
        return dsl.select(USERS.ID)
                .from(USERS)
                .where(column().eq(typed.toLowerCase(Locale.ROOT)))
                .fetchOne(USERS.ID);
    }

    /** {@return the column that is currently used to find users} */
    public Field<String> column() {
        return lowerEmails.isDone() ? USERS.EMAIL_LOWER : lower(USERS.EMAIL);
    }
}
