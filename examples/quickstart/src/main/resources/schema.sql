-- The application's tables. jooq-codegen reads this file when the example is built, Filling when it runs.
-- Names are quoted because H2 and PostgreSQL fold unquoted ones differently.

create table "customers" (
  "id" bigint not null primary key,
  "name" varchar(80) not null,
  "email" varchar(120),
  "phone" varchar(40),
  -- New in this release, filled by migrations:
  "email_normalized" varchar(240), -- may be longer than the email: a Turkish capital I becomes two characters
  "phone_e164" varchar(16),
  "phone_source" varchar(40)       -- the text that phone_e164 was read from
);

create table "plans" (
  "code" varchar(20) not null primary key,
  "price_cents" bigint not null
);

create table "login_tokens" (
  "token" varchar(40) not null primary key,
  "customer_id" bigint not null
);
