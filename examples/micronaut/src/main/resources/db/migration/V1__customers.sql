create table customers (id bigint primary key, email varchar(254), email_normalized varchar(254));
insert into customers select x, ' Customer.' || x || '@Example.COM ', null from system_range(1, 1000);
