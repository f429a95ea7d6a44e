create table customers (
  id bigint not null primary key,
  email varchar(200),
  street varchar(200),
  city varchar(100)
);

create table addresses (
  customer_id bigint not null primary key,
  street varchar(200) not null,
  city varchar(100)
);

create table order_lines (
  order_id bigint not null,
  line_no int not null,
  price varchar(40),
  price_cents bigint,
  primary key (order_id, line_no)
);

create table orders (
  id uuid not null primary key,
  customer_id bigint not null,
  note varchar(400),
  language varchar(2)
);

create table sessions (
  id varchar(40) not null primary key,
  last_seen timestamp not null
);

create table settings (
  name varchar(100) not null primary key,
  text_value varchar(400)
);

create table shipments (
  id bigint not null primary key,
  customer_id bigint not null,
  city varchar(100)
);

create table prices (
  id bigint not null primary key,
  product varchar(40) not null,
  valid_from date not null,
  is_newest boolean
);

create index prices_by_product on prices (product, valid_from, id);

create table tags (
  id bigint not null primary key,
  name varchar(100) not null
);

create index tags_by_name on tags (name, id);

create table readings (
  sensor varchar(40),
  fahrenheit int,
  celsius int
);

create table invoices (
  id bigint not null primary key,
  customer_id bigint not null,
  total decimal(12, 2) not null,
  total_cents bigint,
  city varchar(100),
  issued_on date not null,
  due_on date,
  email varchar(200) not null,
  email_lower varchar(200)
);

create table contacts (
  id bigint not null primary key,
  name varchar(100)
);

create table memos (
  id bigint not null primary key,
  body varchar(400)
);
