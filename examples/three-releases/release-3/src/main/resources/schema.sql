-- The table as this release knows them; jooq-codegen reads this file. name is still in the database.
create table customers (
  id bigint not null primary key,
  first_name varchar(200),
  last_name varchar(200)
);
