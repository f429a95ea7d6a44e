create table customers (id bigint primary key, email varchar(254), email_normalized varchar(254));
insert into customers values (1, ' Anna@Example.ORG ', null), (2, null, null), (3, 'ben@example.org', null);
