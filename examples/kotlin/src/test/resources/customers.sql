-- A few rows of every kind that production has.
insert into "customers" ("id", "phone") values
  (1, '+49 30 12345678'), (2, '+43 1 234567'), (3, '+39 06 1234567'), (4, 'ask Anna'), (5, null), (8, '');
-- Filled by the new release already.
insert into "customers" values (13, '+49 30 7654321', 'DE');
insert into "login_tokens" values ('v1:1', 1), ('v2:1', 1), ('v1:8', 8);
