-- The accounts of the samples; ends with a comment.
create table "accounts" (
  "id" bigint primary key,
  "place" bigint
);
insert into "accounts" ("id") values (3), (6);
-- That was all.
