package org.asyncmigrations.schema;

/**
 * The rights of the session's user, as conditions on MariaDB's catalog. Roles may have rights that it doesn't show, so with a role the
 * server is left to refuse. A server without grant tables has no users. Without state, and so safe for threads.
 */
final class InnoDbRights {
    /** Whether the catalog shows all rights of this user. */
    static final String ARE_SHOWN = " current_role() is null and current_user() <> '@'";

    /** The user, as the catalog writes it. */
    static final String USER = "replace(concat('''', replace(current_user(), '@', '''@'''), ''''), '\\\\', '')";

    private InnoDbRights() {}

    /** {@return the condition that the user has no such privilege on the whole server, nor on the database {0}} */
    static String lacksOnDatabase(String privilege) {
        return lacks("user_privileges", privilege, "")
                + " and"
                + lacks("schema_privileges", privilege, " and {0} like table_schema");
    }

    /** {@return the condition that a table of the catalog has no such row for the user} */
    static String lacks(String privileges, String condition, String where) {
        return " not exists (select 1 from information_schema." + privileges + " where grantee = " + USER + " and "
                + condition + where + ")";
    }
}
