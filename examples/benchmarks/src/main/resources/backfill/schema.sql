-- The table that is filled. jooq-codegen reads this file when the module is built, the servers when they start.

create table customers (
  id bigint not null primary key,
  email varchar(120) not null,
  email_normalized varchar(120),   -- what is filled: lower(trim(email))
  created_at timestamp(6) not null,
  note varchar(120) not null,      -- what else such a row holds
  visits int not null              -- what the foreground client counts up
);
