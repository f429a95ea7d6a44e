-- The tables of the shop itself.
create table "orders" (
  "id" bigint not null primary key,
  "email" varchar(100), -- not null until this release
  "user_id" bigint -- new in this release; stays null for guests
);
