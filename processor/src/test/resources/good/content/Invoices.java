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
public class Invoices extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    /** The reference instance of <code>invoices</code>. */
    public static final Invoices INVOICES = new Invoices();

    @Override
    public Class<Record> getRecordType() {
        return Record.class;
    }

    /** The column <code>invoices.id</code>. */
    public final TableField<Record, Long> ID = createField(DSL.name("id"), SQLDataType.BIGINT, this, "");

    /** The column <code>invoices.order_id</code>. */
    public final TableField<Record, Long> ORDER_ID = createField(DSL.name("order_id"), SQLDataType.BIGINT, this, "");

    /** The column <code>invoices.amount</code>. */
    public final TableField<Record, java.math.BigDecimal> AMOUNT = createField(DSL.name("amount"), SQLDataType.NUMERIC, this, "");

    /** The column <code>invoices.currency</code>. */
    public final TableField<Record, String> CURRENCY = createField(DSL.name("currency"), SQLDataType.VARCHAR, this, "");

    /** The column <code>invoices.paid</code>. */
    public final TableField<Record, Boolean> PAID = createField(DSL.name("paid"), SQLDataType.BOOLEAN, this, "");

    private Invoices(Name alias, Table<Record> aliased) {
        super(alias, null, aliased, null, DSL.comment(""), TableOptions.table());
    }

    public Invoices() {
        this(DSL.name("invoices"), null);
    }

    @Override
    public Invoices as(String alias) {
        return new Invoices(DSL.name(alias), this);
    }
}
