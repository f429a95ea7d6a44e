-- The application's tables. jooq-codegen reads this file, and the test makes its database of it.
create table "customers" (
  "id" bigint not null primary key,
  "full_name" varchar(200), -- not null until release 2.3.0
  "first_name" varchar(100) not null,
  "last_name" varchar(100) not null
);
create index "customers_full_name" on "customers" ("full_name");
