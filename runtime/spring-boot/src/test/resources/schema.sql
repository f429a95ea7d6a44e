create table if not exists customers (id bigint primary key, email varchar(254), email_normalized varchar(254));
merge into customers key (id) values (1, ' Anna@Example.ORG ', null), (2, null, null), (3, 'ben@example.org', null);
