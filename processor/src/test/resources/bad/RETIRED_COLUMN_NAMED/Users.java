package com.acme;

import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

public class Users extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    public static final Users USERS = new Users();

    public final TableField<Record, Long> ID = createField(DSL.name("id"), SQLDataType.BIGINT, this, "");

    public final TableField<Record, String> NICK_NAME = createField(DSL.name("nick_name"), SQLDataType.VARCHAR, this, "");

    protected Users() {
        super(DSL.name("users"));
    }
}
