alter table customer add full_name varchar(200); -- release 1 inserts customers without one
alter table customer alter name drop not null; -- release 3 inserts customers without one
