create table customers (
  id bigint auto_increment primary key,
  email varchar(100) not null default '',
  name varchar(40),
  phone varchar(20),
  score int,
  born date,
  feeling enum('sad', 'fine'),
  note text,
  remark text,
  unique key customers_email (email)
) engine = InnoDB;

create table orders (
  id bigint auto_increment primary key,
  customer_id bigint,
  total decimal(10, 2),
  status varchar(20) not null default 'new',
  paid boolean default false,
  key orders_status (status)
) engine = InnoDB;

create table cache (name varchar(50) primary key, content text) engine = InnoDB;
create table old_cache (name varchar(50) primary key) engine = InnoDB;
create table events (id bigint, at date not null) engine = InnoDB
  partition by range (year(at)) (partition p2025 values less than (2026), partition p2026 values less than (2027));
create view open_orders as select id, total from orders where not paid;
