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
public class Orders extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    /** The reference instance of <code>orders</code>. */
    public static final Orders ORDERS = new Orders();

    @Override
    public Class<Record> getRecordType() {
        return Record.class;
    }

    /** The column <code>orders.id</code>. */
    public final TableField<Record, Long> ID = createField(DSL.name("id"), SQLDataType.BIGINT, this, "");

    /** The column <code>orders.user_id</code>. */
    public final TableField<Record, Long> USER_ID = createField(DSL.name("user_id"), SQLDataType.BIGINT, this, "");

    /** The column <code>orders.total</code>. */
    public final TableField<Record, java.math.BigDecimal> TOTAL = createField(DSL.name("total"), SQLDataType.NUMERIC, this, "");

    /** The column <code>orders.state</code>. */
    public final TableField<Record, String> STATE = createField(DSL.name("state"), SQLDataType.VARCHAR, this, "");

    /** The column <code>orders.placed_at</code>. */
    public final TableField<Record, java.time.LocalDateTime> PLACED_AT = createField(DSL.name("placed_at"), SQLDataType.LOCALDATETIME, this, "");

    private Orders(Name alias, Table<Record> aliased) {
        super(alias, null, aliased, null, DSL.comment(""), TableOptions.table());
    }

    public Orders() {
        this(DSL.name("orders"), null);
    }

    @Override
    public Orders as(String alias) {
        return new Orders(DSL.name(alias), this);
    }
}
