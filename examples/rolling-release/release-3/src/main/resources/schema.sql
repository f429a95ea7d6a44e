-- The tables as the database has them until DropFullName; jooq-codegen reads this file, and leaves out what
-- src/main/migrations/retired-columns lists.
create table customers (
  id bigint not null primary key,
  full_name varchar(200),
  first_name varchar(100),
  last_name varchar(100)
);
