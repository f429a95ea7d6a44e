-- The tables as this release knows them; jooq-codegen reads this file. name and cents are still in the database.
create table customers (
  id bigint not null primary key,
  first_name varchar(200),
  last_name varchar(200)
);
create table orders (
  id bigint not null primary key,
  total_cents bigint
);
