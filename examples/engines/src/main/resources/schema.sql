-- What the application has, and db-scheduler's table; Quartz brings its own statements, and JobRunr makes its tables itself.
create table orders (
  id bigint not null primary key,
  quantity int not null,
  cents int not null,
  total_cents bigint -- new in this release
);
create table scheduled_tasks (
  task_name text not null, task_instance text not null, task_data bytea, execution_time timestamptz not null,
  picked boolean not null, picked_by text, last_success timestamptz, last_failure timestamptz, consecutive_failures int,
  last_heartbeat timestamptz, version bigint not null, priority smallint, primary key (task_name, task_instance)
);
create index on scheduled_tasks (execution_time);
