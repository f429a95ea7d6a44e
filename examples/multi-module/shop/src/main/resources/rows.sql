-- What the releases before have left.
insert into "users" ("id", "email")
  select x, casewhen(mod(x, 3) = 0, 'user' || x || '@example.org', 'User' || x || '@Example.ORG') from system_range(1, 2000);
insert into "invoices" ("id", "currency", "amount")
  select x, decode(mod(x, 3), 0, 'EUR', 1, 'USD', 'SEK'), x / 100.0 from system_range(1, 5000);
-- Each second order is a guest's.
insert into "orders" ("id", "email")
  select x, casewhen(mod(x, 2) = 0, 'USER' || x / 2 || '@example.org', 'guest' || x || '@example.org') from system_range(1, 4000);
