-- The tables as this release knows them; jooq-codegen reads this file.
create table customers (
  id bigint not null primary key,
  full_name varchar(200), -- not null until MakeFullNameOptional
  first_name varchar(100),
  last_name varchar(100)
);
