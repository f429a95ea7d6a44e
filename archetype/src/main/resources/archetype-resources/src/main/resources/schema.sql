#if( $framework == "spring-boot" )
-- The tables: Flyway creates them, and jooq-codegen reads this file. async-migrations changes the data in them.
#else
-- The tables as this release has them: jooq-codegen reads this file, and the tests make their database from it.
-- In production they are your Flyway's or Liquibase's; async-migrations changes the data in them.
#end

create table customer (
  id bigint not null primary key,
  email varchar(254),
  email_normalized varchar(254) -- new in this release: NormalizeEmails fills it
);

create table login_token (
  token varchar(64) not null primary key,
  customer_id bigint not null
);
