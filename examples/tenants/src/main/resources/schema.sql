-- A tenant's tables, in the newest shape: what a new tenant gets, and what jooq-codegen reads. No schema is named here.
create table customers (
  id bigint not null primary key,
  email varchar(100) not null,
  email_lower varchar(100) -- new in this release
);
create unique index customers_email_lower on customers (email_lower);
