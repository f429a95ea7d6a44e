package com.acme;

import org.jooq.Table;

interface AnyTable extends Table<org.jooq.Record> {}
