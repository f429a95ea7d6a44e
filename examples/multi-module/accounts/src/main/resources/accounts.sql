-- The tables of accounts. jooq-codegen reads this file, and the shop makes its database of it.
create table "users" (
  "id" bigint not null primary key,
  "email" varchar(100) not null,
  "email_lower" varchar(100) -- new in this release
);
create unique index "users_email_lower" on "users" ("email_lower");
