-- The tables as this release knows them; jooq-codegen reads this file.
create table customers (
  id bigint not null primary key,
  full_name varchar(200) not null
);
