create table customers (id bigint primary key, email varchar(254));
insert into customers select n, ' Customer.' || n || '@Example.COM ' from generate_series(1, 1000) n;
