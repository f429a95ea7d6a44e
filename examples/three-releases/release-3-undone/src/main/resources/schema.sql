-- The table as the migrations name them; jooq-codegen reads this file. No query names the new columns any more.
create table customers (
  id bigint not null primary key,
  name varchar(200) not null,
  first_name varchar(200),
  last_name varchar(200)
);
