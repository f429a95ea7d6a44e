insert into customers (id, email, street, city) values
  (1, 'ada@example.org', '12 St James''s Square', 'London'),
  (2, 'bo@example.org', null, 'Oslo'),
  (3, null, 'Storgata 1', null),
  (7, 'cy@example.org', '', ''),
  (9, 'di@example.org', 'Rue 1', 'Paris');

insert into addresses (customer_id, street, city) values (9, 'Rue 2', 'Paris');

insert into order_lines (order_id, line_no, price, price_cents) values
  (1, 1, '12.50', null), (1, 2, '0.99', null), (1, 3, null, null), (1, 4, '7.00', 700),
  (2, 1, '100', null), (2, 2, '3.5', null), (30, 1, '0', null), (30, 12, '19.99', 1999), (31, 1, '2.25', null);

insert into orders (id, customer_id, note, language) values
  ('018f0000-0000-7000-8000-000000000001', 1, 'please ring twice', null),
  ('018f0000-0000-7000-8000-000000000002', 1, null, null),
  ('018f0000-0000-7000-8000-000000000003', 2, 'bitte zweimal klingeln', null),
  ('a18f0000-0000-7000-8000-000000000004', 3, '', 'xx'),
  ('b18f0000-0000-7000-8000-000000000005', 9, 'und danke', 'de');

insert into sessions (id, last_seen) values
  ('a', '2025-03-01 12:00:00'), ('b', '2025-12-31 23:59:59'), ('c', '2026-01-01 00:00:00'), ('d', '2026-11-01 08:00:00'), ('e', '2020-02-29 00:00:00');

insert into settings (name, text_value) values ('mail.sender', 'shop@example.org'), ('mail.host', null), ('theme', 'dark');

insert into shipments (id, customer_id, city) values
  (1, 1, null), (2, 2, null), (3, 1, 'Londinium'), (4, 3, null), (5, 9, null), (6, 77, null);

insert into prices (id, product, valid_from, is_newest) values
  (1, 'tea', '2025-01-01', null), (2, 'tea', '2026-01-01', null), (3, 'rice', '2024-05-05', null), (4, 'tea', '2025-06-01', null),
  (5, 'salt', '2026-02-02', null), (6, 'salt', '2026-02-02', null), (7, 'oil', '2026-03-03', true);

insert into tags (id, name) values (1, 'new'), (2, 'old'), (3, 'new'), (5, 'New'), (8, 'new'), (9, 'old'), (11, 'sale');

insert into readings (sensor, fahrenheit, celsius) values
  ('a', 50, null), ('a', 50, null), ('b', 212, null), ('b', null, null), ('c', 32, 0), (null, 14, null), ('d', 68, null);

insert into invoices (id, customer_id, total, total_cents, city, issued_on, due_on, email, email_lower) values
  (1, 1, 12.50, null, null, '2026-10-01', null, 'Ada@Example.org', null),
  (2, 1, 0.07, null, null, '2026-10-31', null, 'bo@example.org', null),
  (3, 3, 100, 10000, null, '2026-02-01', '2026-03-03', 'di@example.org', 'di@example.org'),
  (40, 9, 3.99, null, 'Paris', '2026-01-31', null, 'ÉVA@example.org', null);

insert into contacts (id, name) values (1, 'Ada Lovelace'), (2, 'Sokrates'), (3, null), (7, 'Juan de la Cruz');

insert into memos (id, body) values (1, 'ring back'), (2, null);
