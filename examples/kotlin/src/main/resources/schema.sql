-- The application's tables. jooq-codegen reads this file when the example is built, the tests when they run.
-- Names are quoted because H2 and PostgreSQL fold unquoted ones differently.

create table "customers" (
  "id" bigint not null primary key,
  "phone" varchar(40),
  -- New in this release, filled by a migration:
  "country" varchar(2)
);

create table "login_tokens" (
  "token" varchar(40) not null primary key,
  "customer_id" bigint not null
);
