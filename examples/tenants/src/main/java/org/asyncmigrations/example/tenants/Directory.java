package org.asyncmigrations.example.tenants;

import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The table of all tenants, in a database that belongs to none of them. Thread-safe. */
final class Directory {
    private final DSLContext dsl;

    Directory(DataSource dataSource) {
        this.dsl = DSL.using(dataSource, SQLDialect.POSTGRES);
    }

    void create() {
        dsl.execute("create table tenants (name varchar(40) not null primary key, url varchar(400) not null)");
    }

    void add(Tenant tenant) {
        dsl.execute("insert into tenants (name, url) values (?, ?)", tenant.name(), tenant.url());
    }

    /** {@return all current tenants} */
    List<Tenant> tenants() {
        return dsl.fetch("select name, url from tenants order by name").into(Tenant.class);
    }
}
