alter table customers add column email_normalized varchar(254);
