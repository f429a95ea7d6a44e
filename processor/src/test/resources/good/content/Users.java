package com.acme.content;

import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableOptions;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** As jooq-codegen writes it. */
@SuppressWarnings({"all", "unchecked", "rawtypes", "this-escape"})
public class Users extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    /** The reference instance of <code>users</code>. */
    public static final Users USERS = new Users();

    @Override
    public Class<Record> getRecordType() {
        return Record.class;
    }

    /** The column <code>users.id</code>. */
    public final TableField<Record, Long> ID = createField(DSL.name("id"), SQLDataType.BIGINT, this, "");

    /** The column <code>users.email</code>. */
    public final TableField<Record, String> EMAIL = createField(DSL.name("email"), SQLDataType.VARCHAR, this, "");

    /** The column <code>users.email_lower</code>. */
    public final TableField<Record, String> EMAIL_LOWER = createField(DSL.name("email_lower"), SQLDataType.VARCHAR, this, "");

    /** The column <code>users.active</code>. */
    public final TableField<Record, Boolean> ACTIVE = createField(DSL.name("active"), SQLDataType.BOOLEAN, this, "");

    /** The column <code>users.tenant_id</code>. */
    public final TableField<Record, Long> TENANT_ID = createField(DSL.name("tenant_id"), SQLDataType.BIGINT, this, "");

    /** The column <code>users.settings</code>. */
    public final TableField<Record, String> SETTINGS = createField(DSL.name("settings"), SQLDataType.CLOB, this, "");

    private Users(Name alias, Table<Record> aliased) {
        super(alias, null, aliased, null, DSL.comment(""), TableOptions.table());
    }

    public Users() {
        this(DSL.name("users"), null);
    }

    @Override
    public Users as(String alias) {
        return new Users(DSL.name(alias), this);
    }
}
