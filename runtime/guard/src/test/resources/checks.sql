-- What the checks of the two gems need beyond shop.sql.
create table nets (
  id bigint, net cidr, bits bit(3), page xml, at timestamp(3), clock time(3), took interval(3)
);
create table prices (id bigint, price numeric(10, 2) check (price >= 0));
create table elsewhere.notes (id bigint);
create table links (customer_id bigint references customers (id), order_id bigint references orders (id));
create table sums (a int, b int generated always as (a + 1) stored);
