-- Rows of every kind that production has, for the tests of the migrations.
insert into customer (id, email) values
  (1, ' Anna@Example.ORG '),
  (2, 'ben@example.org'),
  (3, null),
  (5, ''),
  (8, '   ');
-- Written by the new release already, and by the old one since.
insert into customer (id, email, email_normalized) values
  (13, 'Cem@Example.org', 'cem@example.org'),
  (21, 'New@Example.org', 'old@example.org'),
  (34, null, 'gone@example.org');
insert into login_token (token, customer_id) values ('v1:1', 1), ('v2:1', 1), ('v1:13', 13);
