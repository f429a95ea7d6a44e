-- The tables of billing.
create table "invoices" (
  "id" bigint not null primary key,
  "currency" char(3) not null,
  "amount" decimal(12, 2) not null,
  "amount_euro" decimal(12, 2) -- new in this release
);
