-- A few rows of every kind that production has, for the tests of the migrations.
insert into "customers" ("id", "name", "email", "phone") values
  (1, 'Anna', 'Anna@Example.ORG', '(030) 1234-5678'),
  (2, 'Ben', ' ben@example.org ', '+49 (0)30 12345678'),
  (3, 'Cem', 'CEM@EXAMPLE.ORG', '0030 210 1234567'),
  (5, 'Dora', null, null),
  (8, 'Emil', '', ''),
  (13, 'Fatma', '   ', 'ask Anna'),
  (21, 'Greta', 'greta@example.org', '12'),
  (34, 'Hao', 'HAO+shop@Example.org', '030/1234 5678 ext. 9'),
  (55, 'Ines', 'ines', null),
  (89, 'Jan', null, '+49 30 12345678');
-- Changed by the new release already, and by the old one since.
insert into "customers" ("id", "name", "email", "phone", "email_normalized", "phone_e164", "phone_source") values
  (144, 'Kim', 'Kim@Example.org', '030 1234567', 'kim@example.org', '+49301234567', '030 1234567'),
  (233, 'Lea', 'New@Example.org', '030 7654321', 'old@example.org', '+49301234567', '030 1234567');
insert into "plans" values ('free', 0), ('small', 99), ('team', 4950);
insert into "login_tokens" values ('v1:1', 1), ('v2:1', 1), ('v1:233', 233);
