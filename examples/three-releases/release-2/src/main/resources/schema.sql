-- The table as this release knows them; jooq-codegen reads this file.
create table customers (
  id bigint not null primary key,
  name varchar(200) not null,
  first_name varchar(200),
  last_name varchar(200)
);
