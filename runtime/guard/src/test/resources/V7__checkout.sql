create index orders_by_customer on orders (customer_id);

alter table customers
  add column token uuid default gen_random_uuid();

-- guard:accept breaks-old-code until 2027-03-01 because release 41 was the last to use it
alter table customers drop column note;

set lock_timeout = '200ms';
alter table customers add column nick text;
